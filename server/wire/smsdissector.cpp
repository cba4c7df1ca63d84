// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/smsdissector.h"

#include "wire/smsuserdata.h"
#include "wire/ussdtext.h"
#include "wire/wsp.h"

#include <algorithm>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

/// Where the octets of the push stand, part by part.
struct Piece {
    qsizetype inPush;
    qsizetype inOctets;
};

int placeOf(const QVector<Piece> &pieces, qsizetype at)
{
    const Piece *last = &pieces.constFirst();
    for (const Piece &piece : pieces) {
        if (piece.inPush <= at)
            last = &piece;
    }
    return int(last->inOctets + at - last->inPush);
}

} // namespace

QVector<DecodedField> explainSms(QByteArrayView octets)
{
    QVector<DecodedField> fields;
    QVector<Piece> pieces;
    QByteArray push;
    for (qsizetype at = 0; at < octets.size(); at += smsUserDataLimit) {
        const QByteArrayView part = octets.sliced(at, std::min(smsUserDataLimit, octets.size() - at));
        const Result<SmsUserData> read = decodeSmsUserData(part);
        if (!read) {
            fields.append({u"error"_s, QString::fromLatin1(read.error().code), int(at), int(part.size()), 0});
            return fields;
        }
        const int header = int(part.size() - read->payload.size());
        const QString number =
            read->concatenation
                ? u"%1/%2"_s.arg(read->concatenation->sequence).arg(read->concatenation->total)
                : u"1/1"_s;
        fields.append({u"part"_s, number, int(at), int(part.size()), 0});
        fields.append({u"user_data_header"_s, QString::number(header), int(at), header, 1});
        if (read->ports) {
            fields.append(
                {u"destination_port"_s, QString::number(read->ports->destination), int(at), header, 2});
            fields.append(
                {u"originator_port"_s, QString::number(read->ports->originator), int(at), header, 2});
        }
        if (read->concatenation)
            fields.append(
                {u"reference"_s, QString::number(read->concatenation->reference), int(at), header, 2});
        pieces.append({push.size(), at + header});
        push += read->payload;
    }
    if (pieces.isEmpty())
        return fields;
    for (DecodedField field : explainWspPush(push)) {
        const int begin = placeOf(pieces, field.offset);
        const int end = field.length > 0 ? placeOf(pieces, field.offset + field.length - 1) + 1 : begin;
        field.offset = begin;
        field.length = end - begin;
        fields.append(field);
    }
    return fields;
}

QVector<DecodedField> explainUssd(QByteArrayView octets)
{
    const int size = int(octets.size());
    const Result<QByteArray> push = decodeUssdPush(octets);
    if (!push)
        return {{u"error"_s, QString::fromLatin1(push.error().code), 0, size, 0}};
    QVector<DecodedField> fields = explainWspPush(*push);
    if (push->size() == octets.size())
        return fields; // the octets themselves
    for (DecodedField &field : fields) {
        field.offset = 0;
        field.length = size;
    }
    return fields;
}

} // namespace reveille
