// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/coapbuilder.h"

#include "wire/coapmessage.h"

namespace reveille {

namespace {

constexpr qsizetype longestOption = 65535 + 269;
constexpr qsizetype usualSize = 64;

quint8 nibbleOf(quint32 value)
{
    return value < 13 ? quint8(value) : value < 269 ? 13 : 14;
}

void appendExtension(QByteArray &to, quint32 value)
{
    if (value >= 269) {
        to.append(char((value - 269) >> 8));
        to.append(char((value - 269) & 0xff));
    } else if (value >= 13) {
        to.append(char(value - 13));
    }
}

} // namespace

CoapBuilder::CoapBuilder(CoapType type, quint8 code, quint16 messageId, QByteArrayView token)
{
    token = token.first(qMin<qsizetype>(token.size(), coapLongestToken));
    m_bytes.reserve(usualSize);
    m_bytes.append(char(0x40 | int(type) << 4 | int(token.size())));
    m_bytes.append(char(code));
    m_bytes.append(char(messageId >> 8));
    m_bytes.append(char(messageId & 0xff));
    m_bytes.append(token);
    m_optionsAt = m_bytes.size();
}

QByteArray CoapBuilder::empty(CoapType type, quint16 messageId)
{
    return CoapBuilder(type, CoapCode::Empty, messageId).bytes();
}

void CoapBuilder::append(quint16 option, QByteArrayView value)
{
    const quint32 delta = quint32(option - m_last);
    const quint32 length = quint32(value.size());
    m_bytes.append(char(nibbleOf(delta) << 4 | nibbleOf(length)));
    appendExtension(m_bytes, delta);
    appendExtension(m_bytes, length);
    m_bytes.append(value);
    m_last = option;
}

CoapBuilder &CoapBuilder::add(quint16 option, QByteArrayView value)
{
    value = value.first(qMin(value.size(), longestOption));
    if (option >= m_last) {
        append(option, value);
        return *this;
    }
    // Out of order: write the options again with this one behind those of its number.
    const QByteArray before = m_bytes.mid(m_optionsAt);
    m_bytes.truncate(m_optionsAt);
    m_last = 0;
    bool placed = false;
    for (const CoapOption &known : CoapOptions(before)) {
        if (!placed && known.number > option) {
            append(option, value);
            placed = true;
        }
        append(known.number, known.value);
    }
    return *this;
}

CoapBuilder &CoapBuilder::add(quint16 option, quint32 value)
{
    return add(option, QByteArrayView(coapNumber(value)));
}

CoapBuilder &CoapBuilder::path(QByteArrayView path, quint16 option)
{
    while (!path.isEmpty()) {
        const qsizetype slash = path.indexOf('/');
        add(option, slash < 0 ? path : path.first(slash));
        path = slash < 0 ? QByteArrayView() : path.sliced(slash + 1);
    }
    return *this;
}

CoapBuilder &CoapBuilder::query(QByteArrayView name, QByteArrayView value)
{
    QByteArray item = name.toByteArray() + '=';
    item.append(value);
    return add(CoapOptionNumber::UriQuery, QByteArrayView(item.left(255)));
}

CoapBuilder &CoapBuilder::payload(QByteArrayView octets)
{
    m_payload = octets.toByteArray();
    return *this;
}

const QByteArray &CoapBuilder::bytes()
{
    if (!m_payload.isEmpty()) {
        m_bytes.append(char(0xff));
        m_bytes.append(m_payload);
        m_payload.clear();
    }
    return m_bytes;
}

} // namespace reveille
