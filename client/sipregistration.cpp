// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/sipregistration.h"

#include "client/endpoint.h"
#include "wire/sipbuilder.h"

#include <algorithm>

namespace reveille {
namespace {

QByteArray quoted(const QString &text)
{
    QByteArray result("\"");
    for (const char c : text.toUtf8()) {
        if (c == '"' || c == '\\')
            result += '\\';
        if (quint8(c) >= 0x20)
            result += c;
    }
    return result + '"';
}

} // namespace

QByteArray SipRegistration::contact() const
{
    QByteArray uri = "sip:" + escapedUriUser(user.localPart().toUtf8()) + '@' + endpointText(address, port).toLatin1();
    if (transport != "udp")
        uri += ";transport=" + transport;
    if (regId != 0)
        uri += ";ob";
    if (!wakeBearer.isEmpty()) {
        uri += ";pn-provider=" + wakeBearer + ";pn-prid=" + escapedUriParameter(wakeAddress);
        if (wakePort != 0)
            uri += ";pn-param=" + QByteArray::number(wakePort);
    }
    QByteArray result = name.isEmpty() ? QByteArray() : quoted(name) + ' ';
    result += '<' + uri + '>';
    if (regId != 0)
        result += ";reg-id=" + QByteArray::number(regId);
    result += ";+sip.instance=\"<" + device.toString().toUtf8() + ">\"";
    if (!applications.isEmpty())
        result += ";+g.oma.pusheventapp=" + quoted(applications.join(u','));
    return result;
}

QByteArray SipRegistration::bytes() const
{
    const QByteArray own = user.toString().toUtf8();
    SipRequest request("REGISTER", registrar);
    request.via(transport.toUpper(), uriHostText(address).toLatin1(), port, branch)
        .from(own, tag)
        .to(own)
        .callId(callId)
        .cseq(cseq)
        .header("Contact", contact())
        .header("Expires", QByteArray::number(expires))
        .header("Supported", gruu ? "path, outbound, gruu" : "path, outbound")
        .header("Allow", "MESSAGE, OPTIONS")
        .header("Accept", "*/*, message/cpim")
        .header("User-Agent", "reveille-client/" REVEILLE_VERSION);
    if (!credentials.first.isEmpty())
        request.header(credentials.first, credentials.second);
    return request.bytes();
}

const SipContact *ownContact(const SipMessage &response, const DeviceId &device, int regId)
{
    const QVector<SipContact> &contacts = response.contacts();
    const auto found = std::find_if(contacts.begin(), contacts.end(), [&](const SipContact &contact) {
        const Result<DeviceId> instance = DeviceId::parse(QString::fromUtf8(contact.instance()));
        const bool isOtherFlow = contact.regId() != 0 && regId != 0 && contact.regId() != quint32(regId);
        return instance.ok() && *instance == device && !isOtherFlow;
    });
    return found == contacts.end() ? nullptr : &*found;
}

} // namespace reveille
