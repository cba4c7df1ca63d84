// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/fuzz.h"
#include "wire/msrpparser.h"

using namespace reveille;

namespace {

/// What a stream says, however it arrives: heads as they would be written, content run together.
QByteArray said(QByteArrayView octets, qsizetype step)
{
    QByteArray seen;
    MsrpParser parser;
    for (qsizetype at = 0; at < octets.size(); at += step) {
        parser.append(octets.sliced(at, qMin(step, octets.size() - at)));
        for (MsrpParser::Item item = parser.next(); item.event != MsrpParser::Event::Incomplete; item = parser.next()) {
            if (item.event == MsrpParser::Event::Failed)
                return seen + "failed " + item.error.code;
            if (item.event == MsrpParser::Event::Head)
                seen += item.head.bytes();
            else if (item.event == MsrpParser::Event::Content)
                seen += item.content;
            else
                seen += QByteArray("end ") + char(item.end);
        }
        FUZZ_CHECK(parser.buffered() <= MsrpLimit::head + 128);
    }
    return seen;
}

void checkHead(const MsrpHead &head)
{
    MsrpParser parser;
    parser.append(head.message("x", MsrpEnd::Complete));
    const MsrpParser::Item item = parser.next();
    if (item.event == MsrpParser::Event::Failed)
        FUZZ_CHECK(item.error.is("msrp-head-too-long")); // "H:v" is written as "H: v"
    else
        FUZZ_CHECK(item.event == MsrpParser::Event::Head && item.head.bytes() == head.bytes());
    (void)msrpResponse(head, head.to(), 200).message({}, MsrpEnd::Complete);
}

} // namespace

/// A stream is cut the same however it arrives, holds little, and what is read reads back when it is written.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    const QByteArrayView octets = fuzzOctets(data, size);
    if (size < 3000)
        FUZZ_CHECK(said(octets, qMax<qsizetype>(1, octets.size())) == said(octets, 1));
    MsrpParser parser;
    parser.append(octets);
    for (MsrpParser::Item item = parser.next(); item.event != MsrpParser::Event::Incomplete; item = parser.next()) {
        if (item.event == MsrpParser::Event::Failed)
            break;
        if (item.event == MsrpParser::Event::Head)
            checkHead(item.head);
    }
    if (const auto uri = MsrpUri::parse(octets))
        FUZZ_CHECK(MsrpUri::parse(uri->toText()).valueOr({}) == *uri || size + 6 > size_t(MsrpLimit::uri));
    if (const auto range = MsrpByteRange::parse(octets))
        FUZZ_CHECK(MsrpByteRange::parse(range->toText()).valueOr({}) == *range);
    return 0;
}
