// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/sip/sipcontactplan.h"

#include "connections/sip/siplog.h"
#include "engine/registry.h"
#include "wire/cpim.h"
#include "wire/sipgruu.h"

#include <QCryptographicHash>

#include <algorithm>

namespace reveille {

namespace {

constexpr quint32 oneHour = 3600;

QStringList applicationsOf(const SipContact &contact)
{
    QStringList names;
    const QList<QByteArray> applications = contact.pushApplications();
    for (const QByteArray &application : applications)
        names.append(QString::fromUtf8(application));
    return names;
}

/// Without parameters and headers.
QByteArray bareUri(const SipUri &uri)
{
    const QByteArray user = uri.user.isEmpty() ? QByteArray() : uri.user + '@';
    const QByteArray host = uri.host.contains(':') ? '[' + uri.host + ']' : uri.host;
    return uri.scheme + ':' + user + host +
           (uri.port == 0 ? QByteArray() : ':' + QByteArray::number(uri.port));
}

/// Whether the first hop keeps flows: this server does; a proxy says so by `ob` in its Path (RFC 5626 section 6).
bool firstHopKeepsFlows(const SipMessage &request, const QByteArrayList &path)
{
    if (path.isEmpty())
        return request.values("via").size() < 2;
    const Result<SipAddress> hop = SipAddress::parse(path.first());
    return hop && hop->uri.parameters.contains("ob");
}

SipRefusal outdated()
{
    return {500, "cseq-out-of-order", {}};
}

/// Named, and not only as one of all types there are: it knows what to do with it.
bool takesCpim(const SipMessage &request)
{
    const QVector<QByteArrayView> types = request.accept();
    return std::any_of(types.cbegin(), types.cend(), [](QByteArrayView type) {
        const qsizetype end = type.indexOf(';');
        return (end < 0 ? type : type.first(end)).trimmed().compare(cpimType, Qt::CaseInsensitive) == 0;
    });
}

} // namespace

SipContactLogs::SipContactLogs()
    : maxContacts(sipLog, "maxContacts")
    , maxBindings(sipLog, "maxBindings")
    , manyDevices(sipLog, "manyDevices", QtInfoMsg)
{
}

SipContactPlan::SipContactPlan(const SipSettings &settings, const Registry &registry,
                               const PublicUserId &user, const SipBindings::List &known, Timestamp now, SipContactLogs &logs)
    : m_settings(settings)
    , m_registry(registry)
    , m_user(user)
    , m_known(known)
    , m_now(now)
    , m_logs(logs)
{
}

bool SipContactPlan::isOutdated(const SipBinding &known, const SipMessage &request) const
{
    return known.callId == request.callId() && request.cseq() <= known.cseq;
}

Result<QVector<SipPlannedContact>, SipRefusal> SipContactPlan::removeAll(const SipMessage &request) const
{
    if (request.expires() != 0u)
        return SipRefusal{400, "contact-star", {}};
    QVector<SipPlannedContact> plan;
    for (const SipBinding &binding : m_known) {
        if (isOutdated(binding, request))
            return outdated();
        plan.append({binding, true, true, {}, {}, {}});
    }
    return plan;
}

Result<QVector<SipPlannedContact>, SipRefusal> SipContactPlan::make(const SipMessage &request,
                                                                    const SipFlow &flow,
                                                                    const QByteArrayList &path) const
{
    if (request.contactStar())
        return removeAll(request);
    const QVector<SipContact> &contacts = request.contacts();
    if (contacts.size() > m_settings.maxContacts) {
        m_logs.maxContacts.reached([&] { return flow.peer(); });
        return SipRefusal{403, "contacts-too-many", {}};
    }
    QVector<SipPlannedContact> plan;
    int added = 0, outbound = 0;
    for (const SipContact &contact : contacts) {
        Result<SipPlannedContact, SipRefusal> one = this->plan(request, contact, path);
        if (!one)
            return one.error();
        one->binding.flow = flow;
        outbound += one->binding.regId != 0 && !one->remove;
        added += !one->replaces && !one->remove;
        if (!one->remove || one->replaces)
            plan.append(*one);
    }
    if (outbound > 1)
        return SipRefusal{400, "reg-id-repeated", {}};
    if (m_known.size() + added > m_settings.maxBindings) {
        m_logs.maxBindings.reached([&] { return flow.peer(); });
        return SipRefusal{403, "contacts-too-many", {}};
    }
    return plan;
}

Result<SipPlannedContact, SipRefusal> SipContactPlan::plan(const SipMessage &request,
                                                           const SipContact &contact,
                                                           const QByteArrayList &path) const
{
    const SipUri &uri = contact.address.uri;
    if (!uri.isSip())
        return SipRefusal{400, "contact-scheme", {}};
    if (uri.isGruu())
        return SipRefusal{403, "contact-gruu", {}};
    const quint32 asked =
        contact.expires.value_or(request.expires().value_or(quint32(m_settings.defaultExpires)));
    if (asked > 0 && asked < quint32(m_settings.minExpires) && asked < oneHour)
        return SipRefusal{
            423, "interval-too-brief", {{"Min-Expires", QByteArray::number(m_settings.minExpires)}}};

    SipPlannedContact planned;
    planned.remove = asked == 0;
    planned.displayName = QString::fromUtf8(contact.address.displayName).left(100);
    planned.subscriptions = applicationsOf(contact);
    SipBinding &binding = planned.binding;
    binding.path = path;
    binding.uri = contact.uriText();
    binding.uriKey = SipBinding::keyOf(uri);
    binding.callId = request.callId().toByteArray();
    binding.cseq = request.cseq();
    binding.q = contact.q;
    binding.features = SipBinding::featuresOf(contact);
    binding.takesCpim = takesCpim(request);
    binding.until = m_now + Milliseconds(std::min<qint64>(asked, m_settings.maxExpires) * 1000);
    if (const Result<DeviceId> instance = DeviceId::parse(QString::fromUtf8(contact.instance())); instance)
        binding.instance = *instance;
    if (!binding.instance.isEmpty() && request.supports("outbound"))
        binding.regId = contact.regId();
    if (binding.regId != 0 && !planned.remove && !firstHopKeepsFlows(request, path))
        return SipRefusal{439, "first-hop-lacks-outbound", {}};

    if (!planned.remove) {
        const Result<QVector<WakeRoute>> routes = wakeRoutesOf(uri);
        if (!routes)
            return SipRefusal{400, routes.error().code, {}};
        planned.routes = *routes;
        for (const WakeRoute &route : *routes) {
            if (!m_settings.pushServices.isEmpty() && !m_settings.pushServices.contains(route.bearer))
                return SipRefusal{555, "push-service-unknown", {}};
        }
    }

    nameDevice(binding, bareUri(uri));
    if (const SipBinding *known = match(binding, planned.remove)) {
        if (isOutdated(*known, request))
            return outdated();
        planned.replaces = true;
        binding.device = known->device;
        binding.flowKey = known->flowKey;
        binding.connection = known->connection;
        binding.temporarySerial = known->temporarySerial;
    }
    const Device *device = m_registry.device(binding.device);
    if (device && device->user != m_user)
        return SipRefusal{403, "device-belongs-to-other-user", {}};
    return planned;
}

const SipBinding *SipContactPlan::match(const SipBinding &wanted, bool remove) const
{
    const auto first = [this](const auto &is) {
        const auto found = std::find_if(m_known.begin(), m_known.end(), is);
        return found == m_known.end() ? nullptr : &*found;
    };
    const SipBinding *known = first([&](const SipBinding &b) {
        return !wanted.instance.isEmpty() ? b.instance == wanted.instance && b.regId == wanted.regId
                                          : b.instance.isEmpty() && b.uriKey == wanted.uriKey;
    });
    if (!known && remove)
        known = first([&](const SipBinding &b) { return b.uriKey == wanted.uriKey; });
    return known;
}

void SipContactPlan::nameDevice(SipBinding &binding, const QByteArray &uri) const
{
    binding.flowKey = QStringLiteral("sip/") + QString::number(binding.regId);
    const auto isFree = [this](const DeviceId &id) {
        const Device *device = m_registry.device(id);
        return !device || device->user == m_user;
    };
    DeviceId id = binding.instance;
    if (id.isEmpty()) {
        const Result<DeviceId> named = DeviceId::parse(DeviceId::Kind::Uri, QString::fromUtf8(uri));
        id = named ? *named : DeviceId();
    }
    if (id.isEmpty() || !isFree(id)) {
        // Someone else's device has this name already; the user in front makes it this user's own.
        QByteArray gruu =
            binding.instance.isEmpty() ? QByteArray() : SipGruu::publicGruu(m_user, binding.instance);
        if (gruu.isEmpty())
            gruu = m_user.toString().toUtf8() + ";gr=" +
                   QCryptographicHash::hash(binding.uriKey, QCryptographicHash::Sha256).toHex().left(32);
        const Result<DeviceId> own = DeviceId::parse(DeviceId::Kind::Gruu, QString::fromUtf8(gruu));
        id = own ? *own : id;
    }
    binding.device = id;
}

} // namespace reveille
