// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "serverhost.h"

#include <QTemporaryDir>
#include <QUrl>

#include <optional>

namespace reveille {

/// Lends the server of the console to a scenario: it stops what it serves, serves another world from a temporary folder on
/// any free ports of loopback, and afterwards goes back to what it served. The data of before are not opened meanwhile.
/// GUI thread. Outlives the host, for the folder is in use until that has stopped.
class ServerLoan : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    void attach(ServerHost &host);

    bool isLent() const { return m_folder.has_value(); }
    /// Where the host listened before it was lent; empty: it did not run.
    const QMap<QString, QString> &homeAddresses() const { return m_homeAddresses; }

    /// It is to serve afterwards, whether it did or not.
    void wantHome() { m_homeServed = true; }

    /// Another scenario: the next start() begins with an empty folder. The server of the one before has ended.
    void renew();
    /// Starts the server of the scenario. `settings`: "section/key=value"; from the second time on it has the settings, data
    /// and addresses of the first. Answered by ready() or failed().
    void start(const QStringList &settings);
    void stop();     ///< answered by ended()
    void giveBack(); ///< stops it, forgets its folder; answered by givenBack()

Q_SIGNALS:
    void lentChanged(bool lent);
    void ready(const QUrl &operations, const QByteArray &token);
    void ended();
    /// Codes server-start (about: why, for people), scenario-store (it wants other data than its own) and server-ended.
    void failed(const reveille::Error &error);
    void homeWanted(); ///< it served before: whoever knows how starts it again
    void givenBack();

private:
    enum class Goal : quint8 { None, Up, Down, Home };
    void step();
    void startOurs();
    void tellReady();
    void fail(const Error &error);
    QString dataDir() const;

    ServerHost *m_host = nullptr;
    std::optional<QTemporaryDir> m_folder;
    QStringList m_settings;
    QStringList m_addresses; ///< "sip/udp=127.0.0.1:40123", those of the first start
    QMap<QString, QString> m_homeAddresses;
    bool m_homeServed = false;
    bool m_isOurs = false; ///< what the host serves is the scenario's
    bool m_tried = false;  ///< to reach the goal
    Goal m_goal = Goal::None;
};

} // namespace reveille
