// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/fakedirectory.h"

#include <QNetworkDatagram>

namespace reveille {

FakeDirectory::FakeDirectory(QObject *parent)
    : QObject(parent)
{
    m_socket.bind(QHostAddress::LocalHost, 0);
    connect(&m_socket, &QUdpSocket::readyRead, this, &FakeDirectory::read);
}

QVector<FakeDirectory::Heard> FakeDirectory::requests(const QByteArray &path) const
{
    QVector<Heard> found;
    for (const Heard &heard : all) {
        if (isCoapRequest(heard.code) && heard.path == path)
            found.append(heard);
    }
    return found;
}

const FakeDirectory::Heard *FakeDirectory::answerTo(quint16 id) const
{
    for (const Heard &heard : all) {
        if (heard.id == id && (heard.type == CoapType::Acknowledgement || heard.type == CoapType::Reset))
            return &heard;
    }
    return nullptr;
}

quint16 FakeDirectory::push(const QByteArray &session, const QByteArray &id, const QByteArray &body,
                            std::optional<CoapBlock> block, std::optional<quint16> messageId)
{
    const quint16 used = messageId.value_or(m_nextId++);
    CoapBuilder builder(CoapType::Confirmable, CoapCode::Post, used, "tok");
    builder.path("push").query("s", session).query("id", id).query("app", "mms");
    if (script.asks)
        builder.query("confirm", "1");
    builder.add(CoapOptionNumber::ContentFormat, quint32(0));
    if (block)
        builder.block(CoapOptionNumber::Block1, *block);
    builder.payload(body);
    send(builder.bytes(), m_device);
    return used;
}

quint16 FakeDirectory::ping(quint16 port)
{
    const quint16 used = m_nextId++;
    send(CoapBuilder::empty(CoapType::Confirmable, used), port);
    return used;
}

void FakeDirectory::read()
{
    while (m_socket.hasPendingDatagrams()) {
        const QNetworkDatagram datagram = m_socket.receiveDatagram();
        const QByteArray octets = datagram.data();
        const Result<CoapMessage, CoapFault> message = CoapMessage::parse(octets);
        if (!message)
            continue;
        Heard heard;
        heard.type = message->type();
        heard.code = message->code();
        heard.id = message->messageId();
        heard.token = message->token().toByteArray();
        heard.path = message->path();
        heard.payload = message->payload().toByteArray();
        heard.port = quint16(datagram.senderPort());
        heard.block1 = message->number(CoapOptionNumber::Block1);
        const auto query = [&](const char *name) {
            const std::optional<QByteArrayView> value = message->query(name);
            return value ? value->toByteArray() : QByteArray();
        };
        heard.ep = query("ep");
        heard.u = query("u");
        heard.s = query("s");
        heard.app = query("app");
        heard.lt = query("lt");
        heard.b = query("b");
        heard.pushId = query("id");
        all.append(heard);
        if (message->isRequest() && !script.mute)
            answer(heard);
    }
}

void FakeDirectory::answer(const Heard &heard)
{
    quint8 code = CoapCode::NotFound;
    QByteArray payload, location;
    if (heard.path == "rd") {
        m_device = heard.port;
        code = script.refuse ? script.refuse : quint8(CoapCode::Created);
        payload = script.granted;
        location = "rd/key" + QByteArray::number(++m_keys);
    } else if (heard.path.startsWith("rd/") && heard.code == CoapCode::Delete) {
        code = CoapCode::Deleted;
    } else if (heard.path.startsWith("rd/") && heard.path.endsWith("/confirm")) {
        code = script.confirmed;
    } else if (heard.path.startsWith("rd/") && !script.forgets) {
        code = CoapCode::Changed;
        payload = script.granted;
    } else if (heard.path == "returned") {
        code = CoapCode::Changed;
    } else if (heard.path == "pinhole" && !script.pinhole.isEmpty()) {
        code = CoapCode::Changed;
        payload = script.pinhole;
    }
    if (heard.path.startsWith("rd/"))
        script.forgets = false;
    const bool late = script.separately;
    if (late)
        send(CoapBuilder::empty(CoapType::Acknowledgement, heard.id), heard.port);
    CoapBuilder builder(late ? CoapType::Confirmable : CoapType::Acknowledgement, code,
                        late ? m_nextId++ : heard.id, heard.token);
    if (code == CoapCode::Created)
        builder.path(location, CoapOptionNumber::LocationPath);
    if (code == script.refuse && script.maxAge != 0)
        builder.add(CoapOptionNumber::MaxAge, script.maxAge);
    builder.payload(payload);
    send(builder.bytes(), heard.port);
}

void FakeDirectory::send(const QByteArray &octets, quint16 port)
{
    m_socket.writeDatagram(octets, QHostAddress(QHostAddress::LocalHost), port);
}

} // namespace reveille
