// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/timestamp.h"

#include <QByteArrayList>
#include <QObject>
#include <QString>
#include <QVector>

#include <atomic>

struct _GSM_StateMachine;

namespace reveille {

/// One short message in as many parts as it takes, each with its user data header in front.
struct PhoneOrder {
    quint64 number = 0;     ///< names it in the answer
    QString recipient;      ///< "+491701234567"
    QByteArrayList parts;   ///< octets of user data, at most 140 each
};

/// What the phone, or libGammu for it, said. Without code it went well.
struct PhoneAnswer {
    quint64 number = 0;
    QByteArray code;          ///< "phone-missing", "phone-silent", "phone-refused", "phone-settings"
    QString detail;           ///< libGammu's name of the error ("TIMEOUT"), or what the phone says of itself
    QVector<int> references;  ///< message references of the parts that left
    bool isLost = false;      ///< the phone has to be connected again
};

/// A GSM modem or phone behind libGammu, whose calls take seconds and block. Lives in a thread of its own and is
/// told what to do by queued calls; only values cross. The state machine of libGammu never leaves this thread.
class GammuPhone : public QObject {
    Q_OBJECT
public:
    struct Settings {
        QString device;     ///< "/dev/ttyUSB0"; of the dummy phone a folder
        QString connection; ///< "at115200", "none": libGammu's names
        QString model;      ///< empty = found out; "dummy"
        Milliseconds sendTimeout{60000}; ///< for one part
    };
    /// `isStopping` is set by who waits for the thread to end; it outlives this.
    GammuPhone(Settings settings, const std::atomic_bool &isStopping);
    ~GammuPhone() override;

    /// Connects; a phone that is connected is left and connected again.
    void open();
    /// Sends the parts one after the other, each until the phone says that it left.
    void submit(const reveille::PhoneOrder &order);
    /// Asks for maker, model, signal and network; the phone connects where it is not.
    void ask();

Q_SIGNALS:
    void opened(const reveille::PhoneAnswer &answer);
    void submitted(const reveille::PhoneAnswer &answer);
    void asked(const reveille::PhoneAnswer &answer);

private:
    PhoneAnswer connectPhone();
    void close();
    PhoneAnswer sendPart(const QString &recipient, const QByteArray &part);
    PhoneAnswer judged(int error) const;
    static void partSent(_GSM_StateMachine *, int status, int reference, void *phone);

    Settings m_settings;
    const std::atomic_bool &m_isStopping;
    _GSM_StateMachine *m_machine = nullptr;
    int m_sentStatus = -1; ///< of the part under way; below 0 while the phone has not said
    int m_reference = 0;
};

} // namespace reveille

Q_DECLARE_METATYPE(reveille::PhoneOrder)
Q_DECLARE_METATYPE(reveille::PhoneAnswer)
