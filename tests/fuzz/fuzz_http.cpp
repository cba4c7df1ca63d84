// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/fuzz.h"
#include "wire/httprequestparser.h"
#include "wire/httpresponseparser.h"
#include "wire/httptarget.h"

using namespace reveille;

namespace {

constexpr qsizetype headerLimit = 2048;
constexpr qint64 bodyLimit = 4096;

QVector<HttpRequest> readRequests(QByteArrayView octets, qsizetype step)
{
    HttpLimits limits;
    limits.header = headerLimit;
    limits.target = 1024;
    limits.body = bodyLimit;
    HttpRequestParser parser(limits);
    QVector<HttpRequest> requests;
    for (qsizetype at = 0; at < octets.size(); at += step) {
        parser.feed(octets.sliced(at, qMin(step, octets.size() - at)));
        while (parser.state() == HttpRequestParser::State::Complete)
            requests.append(parser.take());
    }
    FUZZ_CHECK(parser.state() != HttpRequestParser::State::Failed || parser.failure().status >= 400);
    return requests;
}

void checkRequest(const HttpRequest &request)
{
    FUZZ_CHECK(request.body.size() <= bodyLimit);
    FUZZ_CHECK(request.target.startsWith('/') || request.target == "*");
    FUZZ_CHECK(!request.headers.has("Content-Length") || !request.headers.has("Transfer-Encoding"));
    for (const HttpHeaders::Field &field : request.headers.fields())
        FUZZ_CHECK(!field.value.contains('\n') && !field.value.contains('\r') && !field.name.contains(' '));
    if (const auto target = HttpTarget::parse(request.target)) {
        for (const QByteArray &segment : target->segments)
            (void)percentDecode(segment);
    }
}

} // namespace

/// Requests: the same octets give the same requests however they are cut. Responses: bounded, and no crash.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    const QByteArrayView octets = fuzzOctets(data, size);
    const QVector<HttpRequest> whole = readRequests(octets, qMax<qsizetype>(1, octets.size()));
    const QVector<HttpRequest> cut = readRequests(octets, 1);
    FUZZ_CHECK(whole == cut);
    for (const HttpRequest &request : whole)
        checkRequest(request);

    HttpResponseParser responses(headerLimit, bodyLimit);
    responses.feed(octets);
    while (responses.state() == HttpResponseParser::State::Complete)
        FUZZ_CHECK(responses.take().body.size() <= bodyLimit);
    responses.finish();
    return 0;
}
