// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/fuzz.h"
#include "wire/contentclasses.h"
#include "wire/wspmultipart.h"

using namespace reveille;

/// The first line is the content type, the rest the body. A class that stands in the type alone is found whatever the body is,
/// and what is cut short is never more than the whole.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    const QByteArrayView octets = fuzzOctets(data, size);
    const qsizetype end = octets.indexOf('\n');
    const QString type = QString::fromLatin1(octets.first(std::max<qsizetype>(end, 0)));
    const QByteArrayView body = octets.sliced(end + 1);
    const auto found = contentClassesIn(type, {}, {}, body);
    FUZZ_CHECK(found || found.error().is("content-unreadable"));
    if (const auto itself = contentClassOf(type, {}); found && itself)
        FUZZ_CHECK(found->contains(*itself));
    FUZZ_CHECK(!isContainer(type) || !contentClassesIn(type, {}, QStringLiteral("gzip"), body));
    const auto parts = parseWspMultipart(body, 16);
    FUZZ_CHECK(!parts || parts->size() <= 16);
    return 0;
}
