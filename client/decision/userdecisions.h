// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <vector>

namespace reveille {

/// Asks the user of a device whether a wake-up is to be followed, and waits for the answer for a while (requirement
/// S13). Lives in its client's thread.
class UserDecisions : public QObject {
    Q_OBJECT
public:
    enum class Decision : quint8 { Allowed, Denied, NotDecided };
    using Decided = std::function<void(Decision)>;

    explicit UserDecisions(QObject *parent = nullptr);

    /// False where so many questions are open that nobody could tell them apart. `decided` is called once, later.
    /// `about` tells one question from another: the same is not asked twice at a time, `decided` is dropped then.
    bool ask(const QByteArray &about, QJsonObject fields, std::chrono::milliseconds time, Decided decided);
    bool isAsking(const QByteArray &about) const;
    /// The answer to a question by its number. False where there is none with it.
    bool decide(const QString &id, bool allowed);
    /// Forgets all questions without a call.
    void clear();

    static constexpr size_t mostQuestions = 8;

Q_SIGNALS:
    /// decision-asked, decision-taken (clientevent.h).
    void happened(const QString &code, const QJsonObject &fields);

private:
    struct Question {
        QString id;
        QByteArray about;
        Decided decided;
        QTimer *time = nullptr;
    };
    bool close(const QString &id, Decision decision);

    int m_lastId = 0;
    std::vector<Question> m_open;
};

} // namespace reveille
