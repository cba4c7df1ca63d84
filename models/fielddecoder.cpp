// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fielddecoder.h"

#include "wire/smsdissector.h"
#include "wire/wsp.h"

#include <algorithm>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestLine = 4096;   ///< of a value shown
constexpr int mostFields = 2000;
constexpr char sirType[] = "application/vnd.wap.sia";

bool isTextual(QByteArrayView octets)
{
    for (const char c : octets) {
        const auto octet = static_cast<unsigned char>(c);
        if (octet < 0x20 && c != '\r' && c != '\n' && c != '\t')
            return false;
    }
    return true;
}

bool looksLikeTextMessage(QByteArrayView octets)
{
    const qsizetype end = octets.indexOf('\n');
    const QByteArrayView line = octets.first(end < 0 ? octets.size() : end);
    return line.contains("SIP/2.0") || line.contains("HTTP/1.");
}

QString shown(QByteArrayView value)
{
    const QByteArrayView part = value.first(std::min(value.size(), longestLine));
    return isTextual(part) ? QString::fromUtf8(part)
                           : QString::fromLatin1(part.toByteArray().toHex(' '));
}

/// Whatever a decoder says, no field points outside the octets and depth rises by steps of one.
QVector<DecodedField> bounded(QVector<DecodedField> fields, qsizetype size)
{
    if (fields.size() > mostFields)
        fields.resize(mostFields);
    int depth = -1;
    for (DecodedField &field : fields) {
        field.offset = int(std::clamp<qsizetype>(field.offset, 0, size));
        field.length = int(std::clamp<qsizetype>(field.length, 0, size - field.offset));
        field.depth = std::clamp(field.depth, 0, depth + 1);
        depth = field.depth;
    }
    return fields;
}

} // namespace

QVector<DecodedField> decodeTextMessage(QByteArrayView octets)
{
    QVector<DecodedField> fields;
    qsizetype at = 0;
    bool isSir = false;
    while (at < octets.size() && fields.size() < mostFields) {
        qsizetype end = octets.indexOf('\n', at);
        const qsizetype next = end < 0 ? octets.size() : end + 1;
        end = end < 0 ? octets.size() : end;
        const QByteArrayView line = octets.sliced(at, end - at).trimmed();
        if (line.isEmpty() && !fields.isEmpty()) {
            at = next;
            break;
        }
        const bool folds = !fields.isEmpty() && fields.size() > 1 && (octets[at] == ' ' || octets[at] == '\t');
        const qsizetype colon = line.indexOf(':');
        if (folds) {
            DecodedField &before = fields.last();
            before.value = (before.value + u' ' + shown(line)).left(longestLine);
            before.length = int(next) - before.offset;
        } else if (fields.isEmpty()) {
            fields.append({u"start_line"_s, shown(line), int(at), int(next - at), 0});
        } else if (colon <= 0) {
            fields.append({u"error"_s, shown(line), int(at), int(next - at), 0});
        } else {
            const QByteArrayView name = line.first(colon).trimmed();
            const QByteArrayView value = line.sliced(colon + 1).trimmed();
            fields.append({QString::fromUtf8(name.first(std::min<qsizetype>(name.size(), 200))), shown(value),
                           int(at), int(next - at), 0});
            const bool isType = name.compare("Content-Type", Qt::CaseInsensitive) == 0 || name == "c";
            isSir = isSir || (isType && value.toByteArray().toLower().startsWith(sirType));
        }
        at = next;
    }
    if (at < octets.size()) {
        const QByteArrayView body = octets.sliced(at);
        fields.append({u"body"_s, isSir ? QString::fromLatin1(sirType) : shown(body), int(at), int(body.size()), 0});
        if (isSir) {
            for (DecodedField field : explainSir(body)) {
                field.offset += int(at);
                ++field.depth;
                fields.append(field);
            }
        }
    }
    return bounded(fields, octets.size());
}

QVector<DecodedField> decodeFields(const QString &format, QByteArrayView octets)
{
    QVector<DecodedField> fields;
    if (octets.isEmpty())
        return fields;
    if (format == "sir"_L1)
        fields = explainSir(octets);
    else if (format == "wsp"_L1)
        fields = explainWspPush(octets);
    else if (format == "sms"_L1)
        fields = explainSms(octets);
    else if (format == "ussd"_L1)
        fields = explainUssd(octets);
    else if (format == "sip"_L1 || format == "http"_L1 || looksLikeTextMessage(octets))
        fields = decodeTextMessage(octets);
    if (fields.isEmpty())
        fields.append({u"octets"_s, QString::number(octets.size()), 0, int(octets.size()), 0});
    return bounded(fields, octets.size());
}

} // namespace reveille
