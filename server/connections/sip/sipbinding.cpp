// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/sip/sipbinding.h"

#include <QCborArray>
#include <QCborMap>
#include <QCborStreamWriter>
#include <QCborValue>

namespace reveille {

namespace {

enum Key { CallId = 1, CSeq, Instance, RegId, Q, Features, Path, Serial, FlowTimer, TakesCpim };

bool isToken(const QByteArray &text)
{
    for (const char c : text) {
        const bool alphanumeric = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!alphanumeric && !QByteArrayView("-.!%*_+`'~").contains(c))
            return false;
    }
    return !text.isEmpty();
}

} // namespace

QByteArray SipBinding::state() const
{
    QByteArray octets;
    QCborStreamWriter writer(&octets);
    const auto put = [&writer](Key key, const auto &value) {
        writer.append(qint64(key));
        writer.append(value);
    };
    writer.startMap(8 + int(flowTimer > 0) + int(takesCpim));
    put(CallId, callId);
    put(CSeq, qint64(cseq));
    put(Instance, QStringView(instance.toString()));
    put(RegId, qint64(regId));
    put(Q, qint64(q));
    put(Features, features);
    writer.append(qint64(Path));
    writer.startArray(quint64(path.size()));
    for (const QByteArray &hop : path)
        writer.append(hop);
    writer.endArray();
    put(Serial, qint64(temporarySerial));
    if (flowTimer > 0)
        put(FlowTimer, qint64(flowTimer));
    if (takesCpim)
        put(TakesCpim, true);
    writer.endMap();
    return octets;
}

bool SipBinding::setState(const QByteArray &state)
{
    QCborParserError error;
    const QCborValue value = QCborValue::fromCbor(state, &error);
    if (error.error != QCborError::NoError || !value.isMap())
        return false;
    const QCborMap map = value.toMap();
    callId = map[CallId].toByteArray();
    cseq = quint32(map[CSeq].toInteger());
    if (const Result<DeviceId> id = DeviceId::parse(map[Instance].toString()); id)
        instance = *id;
    regId = quint32(map[RegId].toInteger());
    q = int(map[Q].toInteger(1000));
    features = map[Features].toByteArray();
    temporarySerial = quint64(map[Serial].toInteger());
    flowTimer = int(map[FlowTimer].toInteger());
    takesCpim = map[TakesCpim].toBool();
    const QCborArray route = map[Path].toArray();
    for (const QCborValue &hop : route)
        path.append(hop.toByteArray());
    return !callId.isEmpty();
}

QByteArray SipBinding::keyOf(const SipUri &uri)
{
    const QByteArray transport = uri.transport();
    return uri.scheme + ':' + percentDecoded(uri.user) + '@' + uri.host + ':' + QByteArray::number(uri.port) +
           ';' + (transport == "udp" ? QByteArray() : transport);
}

QByteArray SipBinding::featuresOf(const SipContact &contact)
{
    static const QByteArrayList own{"expires", "q", "reg-id", "+sip.instance", "pub-gruu", "temp-gruu"};
    QByteArray result;
    const QVector<SipParameter> &all = contact.parameters().all();
    for (const SipParameter &parameter : all) {
        if (own.contains(parameter.name) || !isToken(parameter.name))
            continue;
        QByteArray one = ';' + parameter.name;
        if (parameter.hasValue && isToken(parameter.value)) {
            one += '=' + parameter.value;
        } else if (parameter.hasValue) {
            QByteArray quoted = parameter.value;
            one += "=\"" + quoted.replace('\\', "\\\\").replace('"', "\\\"") + '"';
        }
        if (result.size() + one.size() <= 512)
            result += one;
    }
    return result;
}

} // namespace reveille
