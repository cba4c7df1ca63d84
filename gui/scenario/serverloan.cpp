// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/scenario/serverloan.h"

#include "models/sentences.h"

#include <QFile>
#include <QFileInfo>

#include <utility>

namespace reveille {

using namespace Qt::StringLiterals;
using HostState = ServerHost::State;

namespace {

constexpr qint64 longestToken = 4096;

bool isChanging(HostState state)
{
    return state == HostState::Starting || state == HostState::Stopping;
}

} // namespace

void ServerLoan::attach(ServerHost &host)
{
    m_host = &host;
    // Later, so that everybody hears of the states in their order.
    connect(m_host, &ServerHost::stateChanged, this, &ServerLoan::step, Qt::QueuedConnection);
}

QString ServerLoan::dataDir() const
{
    return m_folder->filePath(u"data"_s);
}

void ServerLoan::renew()
{
    if (m_folder)
        m_folder.emplace();
    m_addresses.clear();
}

void ServerLoan::start(const QStringList &settings)
{
    if (!m_folder) {
        m_homeServed = m_host->state() == HostState::Running || m_host->state() == HostState::Starting;
        m_homeAddresses = m_host->boundAddresses();
        m_folder.emplace();
        Q_EMIT lentChanged(true);
    }
    if (!m_folder->isValid())
        return fail({"server-start", m_folder->errorString()});
    if (m_addresses.isEmpty())
        m_settings = settings;
    m_goal = Goal::Up;
    m_tried = false;
    step();
}

void ServerLoan::stop()
{
    m_goal = Goal::Down;
    step();
}

void ServerLoan::giveBack()
{
    m_goal = Goal::Home;
    step();
}

/// As far towards the goal as the host lets it at the moment; called again when the state of the host changes.
void ServerLoan::step()
{
    const HostState state = m_host->state();
    if (isChanging(state))
        return;
    const bool runs = state == HostState::Running;
    if (!runs && m_isOurs && m_goal == Goal::None) {
        m_isOurs = false;
        Q_EMIT failed({"server-ended", {}});
    } else if (m_goal == Goal::Up) {
        if (runs && m_isOurs)
            tellReady();
        else if (runs)
            m_host->stop();
        else if (m_tried)
            fail({"server-start", Sentences::error(m_host->failure())});
        else
            startOurs();
    } else if (m_goal != Goal::None && runs && m_isOurs) {
        m_host->stop();
    } else if (m_goal == Goal::Down) {
        m_isOurs = false;
        m_goal = Goal::None;
        Q_EMIT ended();
    } else if (m_goal == Goal::Home) {
        m_isOurs = false;
        m_goal = Goal::None;
        m_addresses.clear();
        if (m_folder) {
            m_folder.reset();
            Q_EMIT lentChanged(false);
        }
        if (std::exchange(m_homeServed, false))
            Q_EMIT homeWanted();
        Q_EMIT givenBack();
    }
}

void ServerLoan::startOurs()
{
    const Result<Config> config = Config::read({}, QStringList{u"server/ports=any"_s} + m_settings + m_addresses);
    if (!config)
        return fail({"server-start", Sentences::error(config.error())});
    // Whatever a file says: no data but those in the folder of the scenario.
    if (config->storeDriver != u"sqlite" || QFileInfo(config->storeDatabase).fileName() != config->storeDatabase)
        return fail({"scenario-store", config->storeDatabase});
    m_tried = true;
    m_isOurs = true;
    m_host->start(*config, dataDir());
}

void ServerLoan::tellReady()
{
    const QMap<QString, QString> bound = m_host->boundAddresses();
    if (m_addresses.isEmpty()) {
        for (const Config::Listener &listener : Config::listeners()) {
            const QString key = QString::fromLatin1(listener.key);
            if (const QString address = bound.value(QString(key).replace(u'/', u'_')); !address.isEmpty())
                m_addresses.append(key + u'=' + address);
        }
    }
    QFile file(dataDir() + u"/operations.token"_s);
    if (!file.open(QIODevice::ReadOnly))
        return fail({"server-start", file.fileName() + u": "_s + file.errorString()});
    const QByteArray token = file.read(longestToken).trimmed();
    m_goal = Goal::None;
    Q_EMIT ready(QUrl(u"http://"_s + bound.value(u"operations_http"_s)), token);
}

void ServerLoan::fail(const Error &error)
{
    m_goal = Goal::None;
    m_isOurs = m_isOurs && m_host->state() == HostState::Running;
    QMetaObject::invokeMethod(this, [this, error] { Q_EMIT failed(error); }, Qt::QueuedConnection);
}

} // namespace reveille
