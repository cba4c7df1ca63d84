// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/fuzz.h"
#include "wire/httprequestparser.h"
#include "wire/httpresponseparser.h"
#include "wire/otahttp.h"
#include "wire/otahttpauth.h"

using namespace reveille;

namespace {

constexpr qsizetype headerLimit = 4096;
constexpr qint64 bodyLimit = 8192;

void checkRequest(const HttpRequest &http)
{
    const Result<OtaRequest> request = OtaRequest::read(http);
    if (!request)
        return;
    HttpRequestParser parser;
    parser.feed(request->toBytes());
    FUZZ_CHECK(parser.state() == HttpRequestParser::State::Complete);
    const Result<OtaRequest> again = OtaRequest::read(parser.take());
    FUZZ_CHECK(again.ok() && again->isPush == request->isPush && again->content == request->content);
    FUZZ_CHECK(again->cpiTag == request->cpiTag && again->keepAlive == request->keepAlive);
    (void)OtaChallenge::parse(request->authenticate);
    if (const Result<OtaContent> content = OtaContent::parse(request->content, bodyLimit); content)
        FUZZ_CHECK(content->body.size() <= bodyLimit);
}

void checkAnswer(const HttpResponse &http)
{
    const OtaAnswer answer = OtaAnswer::read(http);
    FUZZ_CHECK(answer.routes.size() <= OtaAnswer::maxRoutes);
    FUZZ_CHECK(answer.cpiTag.isEmpty() || answer.cpiTag.octets().size() == 4);
    if (answer.cpi) {
        FUZZ_CHECK(answer.cpi->contentTypes.size() <= OtaCpi::maxItems);
        FUZZ_CHECK(answer.cpi->applications.size() <= OtaCpi::maxItems);
        FUZZ_CHECK(answer.cpi->maxMessageSize > 0 && answer.cpi->maxPushRequests > 0);
    }
    (void)answer.terminal.deviceId();
    (void)OtaCredentials::parse(answer.authorization);
    const OtaAnswer again = OtaAnswer::read(answer.toResponse());
    FUZZ_CHECK(again.status.code == answer.status.code && again.terminal == answer.terminal);
    FUZZ_CHECK(again.cpiTag == answer.cpiTag && again.routes == answer.routes);
}

} // namespace

/// Both ends: what the terminal would read, and what the server would. What was read and written again reads the same.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    const QByteArrayView octets = fuzzOctets(data, size);
    HttpLimits limits;
    limits.header = headerLimit;
    limits.body = bodyLimit;
    HttpRequestParser requests(limits);
    requests.feed(octets);
    while (requests.state() == HttpRequestParser::State::Complete)
        checkRequest(requests.take());
    HttpResponseParser responses(headerLimit, bodyLimit);
    responses.feed(octets);
    while (responses.state() == HttpResponseParser::State::Complete)
        checkAnswer(responses.take());
    (void)otaHeadForJournal(octets);
    return 0;
}
