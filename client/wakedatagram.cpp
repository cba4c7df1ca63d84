// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/wakedatagram.h"

#include "client/endpoint.h"
#include "domain/ipaddress.h"
#include "wire/sipscan.h"
#include "wire/sir.h"

using namespace Qt::StringLiterals;

namespace reveille {
namespace {

constexpr auto sirType = "application/vnd.wap.sia"_L1;
constexpr auto deviceHeader = "X-Reveille-Device"_L1;

QString identityInParameters(const WspPush &push)
{
    for (const auto &[name, value] : push.contentTypeParameters) {
        if (name.compare("device"_L1, Qt::CaseInsensitive) == 0 ||
            name.compare("+sip.instance"_L1, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

/// Takes the identity of one more place; false where it contradicts what is known.
bool mergeIdentity(const QString &text, DeviceId &device)
{
    if (text.isEmpty())
        return true;
    const Result<DeviceId> found = DeviceId::parse(text);
    if (!found)
        return false;
    if (device.isEmpty()) {
        device = *found;
        return true;
    }
    return device == *found;
}

Result<SirGateway> gatewayOfUri(const QString &uri)
{
    const Error broken{"sir-gateway", uri.left(64)};
    QString rest = uri.trimmed();
    if (rest.startsWith("sip:"_L1, Qt::CaseInsensitive))
        rest.remove(0, 4);
    else if (rest.contains(u':') && rest.section(u':', 0, 0).compare("sips"_L1, Qt::CaseInsensitive) == 0)
        return broken;
    SirGateway gateway;
    const QStringList parts = rest.split(u';');
    for (const QString &parameter : parts.mid(1)) {
        if (parameter.startsWith("transport="_L1, Qt::CaseInsensitive))
            gateway.transport = parameter.mid(10).toLower();
    }
    const std::optional<HostAndPort> place =
        splitHostAndPort(parts.first().mid(parts.first().lastIndexOf(u'@') + 1));
    if (!place)
        return broken;
    gateway.host = place->host.toLower();
    gateway.port = place->port;
    return gateway;
}

Result<WakeDatagram> readWakePush(const WspPush &push)
{
    WakeDatagram wake;
    wake.empty = push.data.isEmpty();
    if (!wake.empty && push.contentType.compare(sirType, Qt::CaseInsensitive) != 0)
        return Error{"wake-content-type", push.contentType.left(64)};
    if (!wake.empty) {
        Result<SessionRequest> sir = decodeSir(push.data);
        if (!sir)
            return sir.error();
        wake.sir = std::move(sir).value();
    }
    wake.sirOctets = push.data;
    wake.contradictory = !mergeIdentity(push.header(deviceHeader), wake.sir.device) ||
                         !mergeIdentity(identityInParameters(push), wake.sir.device);
    return wake;
}

void readContentType(const QString &text, WspPush &push)
{
    const QStringList parts = text.split(u';');
    push.contentType = parts.first().trimmed();
    for (const QString &part : parts.mid(1)) {
        QString value = part.section(u'=', 1).trimmed();
        if (value.size() >= 2 && value.startsWith(u'"') && value.endsWith(u'"'))
            value = value.mid(1, value.size() - 2);
        push.contentTypeParameters.append({part.section(u'=', 0, 0).trimmed(), value});
    }
}

/// The identities that the way of a MESSAGE names: a GRUU and what Accept-Contact asks for.
QStringList identitiesOfTarget(const SipMessage &message)
{
    QStringList identities;
    const QByteArray instance = percentDecoded(message.requestUri().parameters.value("gr"));
    const Result<DeviceId> device = DeviceId::parse(QString::fromUtf8(instance));
    if (device && device->kind() != DeviceId::Kind::Other) // another registrar's GRUU may hold anything
        identities.append(QString::fromUtf8(instance));
    for (const QByteArrayView value : message.values("accept-contact")) {
        const qsizetype end = sipscan::findOutside(value, 0, ';');
        SipParameters parameters;
        if (end < 0 || !sipscan::readParameters(value.sliced(end), parameters))
            continue;
        QString wanted = QString::fromUtf8(parameters.value("+sip.instance"));
        if (wanted.startsWith(u'<') && wanted.endsWith(u'>'))
            wanted = wanted.mid(1, wanted.size() - 2);
        identities.append(wanted);
    }
    return identities;
}

} // namespace

Result<WakeDatagram> readWakeDatagram(QByteArrayView octets)
{
    WakeDatagram wake;
    if (octets.isEmpty()) {
        wake.empty = true;
        return wake;
    }
    const Result<WspPush> push = decodeWspPush(octets);
    return push ? readWakePush(*push) : push.error();
}

Result<WakeDatagram> readWakeRequest(const HttpRequest &request)
{
    WspPush push;
    readContentType(QString::fromUtf8(request.headers.value("Content-Type").left(1024)), push);
    const QByteArray device = request.headers.value(deviceHeader.latin1());
    if (!device.isEmpty())
        push.addHeader(deviceHeader, QString::fromUtf8(device.left(512)));
    push.data = request.body;
    return readWakePush(push);
}

bool isWakeMessage(const SipMessage &message)
{
    WspPush push;
    readContentType(QString::fromUtf8(message.contentType()), push);
    return push.contentType.compare(sirType, Qt::CaseInsensitive) == 0 ||
           (message.body().isEmpty() && message.header("x-wap-application-id") == "x-wap-application:push.sia");
}

Result<WakeDatagram> readWakeMessage(const SipMessage &message)
{
    WspPush push;
    readContentType(QString::fromUtf8(message.contentType()), push);
    const QByteArrayView device = message.header("x-reveille-device");
    if (!device.isEmpty())
        push.addHeader(deviceHeader, QString::fromUtf8(device));
    push.data = message.body();
    Result<WakeDatagram> wake = readWakePush(push);
    if (!wake)
        return wake;
    for (const QString &identity : identitiesOfTarget(message))
        wake->contradictory = !mergeIdentity(identity, wake->sir.device) || wake->contradictory;
    return wake;
}

QByteArray encodeWakeDatagram(const WakeDatagram &wake)
{
    WspPush push;
    push.applicationId = 1;
    push.data = wake.sirOctets;
    if (!wake.sir.device.isEmpty())
        push.addHeader(deviceHeader, wake.sir.device.toString());
    return encodeWspPush(push);
}

Result<SirGateway> gatewayOf(const SessionRequest &sir)
{
    if (!sir.gateway.isEmpty())
        return gatewayOfUri(sir.gateway);
    for (const QVector<ContactPoint> *points : {&sir.wspPoints, &sir.contactPoints}) {
        for (const ContactPoint &point : *points) {
            const IpAddress address = IpAddress::fromBytes(point.address);
            if (!address.isNull())
                return SirGateway{address.toString(), point.port.value_or(0), {}};
        }
    }
    return SirGateway{};
}

} // namespace reveille
