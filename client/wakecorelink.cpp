// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/wakecorelink.h"

#include "client/endpoint.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace reveille {
namespace {

constexpr int maxRetryFactor = 64;

PushClientSettings settingsAtCore(PushClientSettings settings)
{
    const WakeCore core = settings.core;
    settings.registrar = core.address;
    settings.registrarPort = core.port;
    settings.registrarName.clear();
    settings.transport = core.transport;
    if (!core.user.isEmpty())
        settings.user = core.user;
    if (!core.password.isEmpty())
        settings.password = core.password;
    settings.realm.clear();
    settings.regId = 0; // one flow, and cores need not know RFC 5626
    settings.keepAlive = KeepAliveKind::Options;
    settings.namesWakeRoute = false;
    settings.maxMessage = 0;
    return settings;
}

} // namespace

WakeCoreLink::WakeCoreLink(const PushClientSettings &device, PushInbox &inbox, QObject *parent)
    : QObject(parent)
    , m_settings(settingsAtCore(device))
    , m_secret(m_settings.user.localPart().toUtf8(), m_settings.password.toUtf8(), {})
    , m_link(m_settings, m_secret, inbox)
{
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, [this] { m_link.open({}); });
    connect(&m_link, &SipLink::registered, this, [this](const LinkGrant &grant) {
        m_retryFactor = 1;
        Q_EMIT
        happened(u"core-registered"_s, {{u"registrar"_s, place()},
                                        {u"expires"_s, grant.expires},
                                        {u"gruu"_s, grant.gruu},
                                        {u"refresh"_s, grant.refresh}});
    });
    connect(&m_link, &SipLink::failed, this, &WakeCoreLink::retry);
    connect(&m_link, &SipLink::lost, this, [this](const QByteArray &reason) { retry(0, reason, Milliseconds(0)); });
    connect(&m_link, &SipLink::removed, this, &WakeCoreLink::removed);
    connect(&m_link, &SipLink::pushReceived, this, &WakeCoreLink::pushReceived);
    connect(&m_link, &SipLink::woken, this, &WakeCoreLink::woken);
}

WakeCoreLink::~WakeCoreLink() = default;

void WakeCoreLink::open()
{
    m_wanted = true;
    m_retryFactor = 1;
    m_retry.stop();
    if (m_settings.localAddress.isNull())
        m_settings.localAddress = addressTowards(m_settings.registrar);
    if (!m_deaf)
        m_link.open({});
}

void WakeCoreLink::close()
{
    m_wanted = false;
    m_retry.stop();
    m_link.close();
}

void WakeCoreLink::unregister()
{
    m_wanted = false;
    m_retry.stop();
    m_link.unregister();
}

void WakeCoreLink::setDeaf(bool deaf)
{
    if (m_deaf == deaf)
        return;
    m_deaf = deaf;
    m_retry.stop();
    if (deaf)
        m_link.goSilent();
    else if (m_wanted)
        open();
}

void WakeCoreLink::retry(int status, const QByteArray &reason, Milliseconds atLeast)
{
    Milliseconds after(0);
    if (m_wanted && !m_deaf) {
        after = std::max(atLeast, m_settings.retryDelay * m_retryFactor);
        m_retryFactor = std::min(m_retryFactor * 2, maxRetryFactor);
        m_retry.start(after);
    }
    Q_EMIT
    happened(u"core-failed"_s, {{u"registrar"_s, place()},
                                {u"status"_s, status},
                                {u"reason"_s, QString::fromUtf8(reason)},
                                {u"retry_ms"_s, qint64(after.count())}});
}

QString WakeCoreLink::place() const
{
    return endpointText(m_settings.registrar, m_settings.registrarPort);
}

} // namespace reveille
