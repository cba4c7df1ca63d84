// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/fuzz.h"
#include "wire/papentities.h"

using namespace reveille;

/// The first line is the content type, the rest the body. What is read reads back when it is written.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    const QByteArrayView octets = fuzzOctets(data, size);
    const qsizetype end = std::max<qsizetype>(octets.indexOf('\n'), 0);
    const QByteArrayView contentType = octets.first(end);
    const QByteArrayView body = octets.sliced(end);
    const auto entities = PapEntities::parse(contentType, body);
    FUZZ_CHECK(!entities || entities->control.size() <= body.size());
    const auto media = MediaType::parse(contentType);
    if (!media)
        return 0;
    const auto parts = parseMultipart(body, media->parameter("boundary"));
    if (!parts)
        return 0;
    FUZZ_CHECK(!parts->isEmpty() && parts->size() <= MultipartLimit::parts);
    const QByteArray boundary = multipartBoundary(*parts);
    const auto again = parseMultipart(toMultipartBytes(*parts, boundary), boundary);
    FUZZ_CHECK(again && *again == *parts);
    return 0;
}
