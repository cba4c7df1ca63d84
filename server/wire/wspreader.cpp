// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/wspreader.h"

#include "wire/sirreader.h"
#include "wire/wspnames.h"

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

constexpr quint8 pushType = 0x06;
constexpr quint8 pageShift = 0x7f;
constexpr quint8 lastShortShift = 0x1f;
constexpr quint8 noValue = 0x00;

/// What a header's value says, by its code: a date, a version, a number or a text.
QString describe(quint8 code, const WspValue &value)
{
    const std::optional<quint32> number = value.integer();
    switch (code) {
    case WspCode::date:
    case WspCode::expires:
        if (number)
            return Timestamp{qint64(*number) * 1000}.toIso();
        break;
    case WspCode::encodingVersion:
        if (value.form == WspValue::Form::Short)
            return QString::number(value.number >> 4) + u'.' + QString::number(value.number & 0x0f);
        break;
    case WspCode::applicationId:
        if (number && !wellKnownApplicationName(*number).isEmpty())
            return wellKnownApplicationName(*number);
        break;
    default:
        break;
    }
    return value.text();
}

} // namespace

WspReader::WspReader(QByteArrayView octets, QVector<DecodedField> *trace)
    : m_reader(octets)
    , m_trace(trace)
{
}

Result<WspPush> WspReader::read()
{
    if (readPdu())
        return m_push;
    note(u"error"_s, m_reader.position(), m_reader.position(), 0, QString::fromLatin1(m_error.code));
    return m_error;
}

bool WspReader::fail(const char *code, const QString &about)
{
    m_error = {code, about};
    return false;
}

bool WspReader::fail(const char *code, const ByteReader &at)
{
    return fail(code, QString::number(at.position()));
}

void WspReader::note(const QString &name, qsizetype from, qsizetype until, int depth, const QString &value)
{
    if (m_trace)
        m_trace->append({name, value, int(from), int(until - from), depth});
}

bool WspReader::readPdu()
{
    const auto transaction = m_reader.octet();
    if (!transaction)
        return fail("wsp-empty", m_reader);
    m_push.transactionId = *transaction;
    note(u"transaction_id"_s, 0, 1, 0, QString::number(*transaction));
    const auto type = m_reader.octet();
    if (!type)
        return fail("wsp-truncated", m_reader);
    const QString typeText = "0x"_L1 + QString::number(*type, 16).rightJustified(2, u'0');
    note(u"pdu_type"_s, 1, 2, 0, *type == pushType ? u"push"_s : typeText);
    if (*type != pushType)
        return fail("wsp-not-push", typeText);

    const qsizetype sizeAt = m_reader.position();
    auto fault = ByteReader::UintvarFault::None;
    const quint32 size = m_reader.uintvar(fault);
    if (fault != ByteReader::UintvarFault::None)
        return fail(fault == ByteReader::UintvarFault::Truncated ? "wsp-truncated" : "wsp-uintvar", m_reader);
    note(u"headers_length"_s, sizeAt, m_reader.position(), 0, QString::number(size));
    std::optional<ByteReader> headers = m_reader.part(size);
    if (!headers)
        return fail("wsp-truncated", m_reader);
    if (!readContentType(*headers) || !readHeaders(*headers))
        return false;
    explainData();
    m_push.data = m_reader.rest().toByteArray();
    return true;
}

void WspReader::explainData()
{
    if (!m_trace || m_reader.atEnd())
        return;
    const QByteArrayView data = ByteReader(m_reader).rest();
    const qsizetype from = m_reader.position();
    note(u"data"_s, from, from + data.size(), 0, QString::number(data.size()));
    if (m_push.contentType == "application/vnd.wap.sia"_L1)
        (void)SirReader(data, m_trace, from, 1).read();
}

bool WspReader::readContentType(ByteReader &headers)
{
    const qsizetype from = headers.position();
    const std::optional<quint8> first = headers.peek();
    if (!first || *first > lastShortShift) {
        if (!readMediaType(headers))
            return fail("wsp-content-type", headers);
        note(u"content_type"_s, from, headers.position(), 0, m_push.contentType);
        return true;
    }
    const std::optional<WspValue> general = readWspValue(headers);
    if (!general)
        return fail("wsp-content-type", headers);
    ByteReader part(general->content, headers.position() - general->content.size());
    const qsizetype at = part.position();
    if (!readMediaType(part))
        return fail("wsp-content-type", part);
    note(u"content_type"_s, at, part.position(), 0, m_push.contentType);
    while (!part.atEnd()) {
        const qsizetype parameterAt = part.position();
        if (!readParameter(part))
            return fail("wsp-content-type", part);
        if (m_trace) {
            const auto &[name, value] = m_push.contentTypeParameters.constLast();
            note(name, parameterAt, part.position(), 1, value);
        }
    }
    return true;
}

bool WspReader::readMediaType(ByteReader &part)
{
    const std::optional<WspValue> value = readWspValue(part);
    if (!value)
        return false;
    if (value->form == WspValue::Form::Text) {
        m_push.contentType = value->text();
        if (const auto number = wspContentTypeNumber(m_push.contentType))
            m_push.contentType = wspContentTypeName(*number);
        return !m_push.contentType.isEmpty();
    }
    const std::optional<quint32> number = value->integer();
    if (number)
        m_push.contentType = wspContentTypeName(*number);
    return number.has_value();
}

/// A typed parameter has a code for its name and, for charset and q, its own kind of value; an untyped one is
/// two texts.
bool WspReader::readParameter(ByteReader &part)
{
    const std::optional<WspValue> name = readWspValue(part);
    if (!name || name->form == WspValue::Form::Data)
        return false;
    const bool typed = name->form == WspValue::Form::Short;
    const QString text = typed ? wspParameterName(name->number) : name->text();
    if (!isWspToken(text))
        return false;
    if (typed && name->number == WspCode::qParameter) {
        auto fault = ByteReader::UintvarFault::None;
        const quint32 q = part.uintvar(fault);
        m_push.contentTypeParameters.append({text, QString::number(q)});
        return fault == ByteReader::UintvarFault::None;
    }
    if (part.peek() == noValue) {
        part.octet();
        m_push.contentTypeParameters.append({text, QString()});
        return true;
    }
    const std::optional<WspValue> value = readWspValue(part);
    if (!value)
        return false;
    QString content = value->text();
    if (value->form == WspValue::Form::Text && value->whole.front() == '"')
        content.remove(0, 1);
    if (text.compare("charset"_L1, Qt::CaseInsensitive) == 0) {
        const std::optional<quint32> number = value->integer();
        const std::optional<quint32> known = number ? number : charsetNumber(content);
        m_push.contentTypeParameters.append({u"charset"_s, known ? charsetName(*known) : content});
        return true;
    }
    m_push.contentTypeParameters.append({text, content});
    return true;
}

bool WspReader::readPage(ByteReader &headers, bool &shifted)
{
    const qsizetype from = headers.position();
    const std::optional<quint8> first = headers.peek();
    shifted = *first == pageShift || (*first >= 1 && *first <= lastShortShift);
    if (!shifted)
        return true;
    headers.octet();
    if (*first == pageShift) {
        const auto page = headers.octet();
        if (!page || *page == 0)
            return false;
        m_page = *page;
    } else {
        m_page = *first;
    }
    note(u"code_page"_s, from, headers.position(), 0, QString::number(m_page));
    return true;
}

bool WspReader::readHeaders(ByteReader &headers)
{
    while (!headers.atEnd()) {
        bool shifted = false;
        if (!readPage(headers, shifted))
            return fail("wsp-header", headers);
        if (shifted)
            continue;
        const qsizetype from = headers.position();
        const std::optional<WspValue> name = readWspValue(headers);
        if (!name || name->form == WspValue::Form::Data)
            return fail("wsp-header", headers);
        const bool known = name->form == WspValue::Form::Short;
        if (!known && !isWspToken(name->text()))
            return fail("wsp-header", headers);
        const std::optional<WspValue> value = readWspValue(headers);
        if (!value)
            return fail("wsp-header", headers);
        if (known && m_page != 1) {
            note(u"header_of_other_page"_s, from, headers.position(), 0, value->text());
            continue;
        }
        const QString text = known ? wspHeaderName(name->number) : name->text();
        note(text, from, headers.position(), 0, known ? describe(name->number, *value) : value->text());
        if (known)
            takeKnown(name->number, *value);
        else
            takeToken(text, *value);
    }
    return true;
}

void WspReader::takeKnown(quint8 code, const WspValue &value)
{
    const bool unset = !m_push.applicationId && m_push.applicationUri.isEmpty();
    if (code == WspCode::applicationId && unset) {
        const bool isText = value.form == WspValue::Form::Text;
        m_push.applicationId = isText ? wellKnownApplication(value.text()) : value.integer();
        if (isText && !m_push.applicationId)
            m_push.applicationUri = value.text();
        if (m_push.applicationId || !m_push.applicationUri.isEmpty())
            return;
    }
    if (code == WspCode::pushFlag && value.form == WspValue::Form::Short && !m_push.pushFlag) {
        m_push.pushFlag = value.number;
        return;
    }
    // Code 0 (Accept) would read as "a token": it is kept under its name.
    m_push.otherHeaders.append({code, wspHeaderName(code), value.whole.toByteArray(), describe(code, value)});
}

void WspReader::takeToken(const QString &name, const WspValue &value)
{
    m_push.otherHeaders.append({0, name, value.whole.toByteArray(), value.text()});
}

} // namespace reveille
