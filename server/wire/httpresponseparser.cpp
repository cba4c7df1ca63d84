// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/httpresponseparser.h"

#include "wire/httpbeast.h"

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <optional>

namespace reveille {

namespace {

namespace beast = boost::beast::http;
constexpr qsizetype shortestChunkedEnd = 5;

} // namespace

struct HttpResponseParser::Private {
    qsizetype headerLimit;
    qint64 bodyLimit;
    State state = State::NeedMore;
    const char *failure = "";
    QByteArray buffer;
    bool head = false;
    bool closes = false;
    std::optional<beast::response_parser<beast::string_body>> parser;

    void fail(const char *why)
    {
        failure = why;
        state = State::Failed;
        buffer.clear();
    }

    void open()
    {
        parser.emplace();
        parser->header_limit(quint32(headerLimit));
        parser->body_limit(quint64(bodyLimit));
        parser->eager(false);
        parser->skip(head);
    }

    /// Beast 1.74 forgets that a response told a length over the limit, and makes room for all of it.
    bool fits() const
    {
        const auto length = parser->content_length();
        return !length || *length <= quint64(bodyLimit);
    }

    void advance();
    void judge(const boost::beast::error_code &error);
    void completeOrGoOn();
};

HttpResponseParser::HttpResponseParser(qsizetype headerLimit, qint64 bodyLimit)
    : d(std::make_unique<Private>())
{
    d->headerLimit = headerLimit;
    d->bodyLimit = bodyLimit;
}

HttpResponseParser::~HttpResponseParser() = default;

void HttpResponseParser::Private::judge(const boost::beast::error_code &error)
{
    if (error == beast::error::body_limit)
        fail("http-body-too-large");
    else if (error == beast::error::header_limit)
        fail("http-header-too-large");
    else
        fail("http-response");
}

void HttpResponseParser::Private::completeOrGoOn()
{
    if (parser->get().result_int() / 100 == 1) {
        parser.reset();
        return;
    }
    closes = !parser->keep_alive();
    state = State::Complete;
}

void HttpResponseParser::Private::advance()
{
    while (state == State::NeedMore && !buffer.isEmpty()) {
        if (!parser)
            open();
        parser->eager(parser->is_header_done());
        const bool inChunks = parser->is_header_done() && parser->chunked();
        if (inChunks && buffer.size() < shortestChunkedEnd)
            return;
        boost::beast::error_code error;
        const size_t used =
            parser->put(boost::asio::buffer(buffer.constData(), size_t(buffer.size())), error);
        buffer.remove(0, qsizetype(used));
        if (error && error != beast::error::need_more) {
            judge(error);
            return;
        }
        if (parser->is_done())
            completeOrGoOn();
        else if (parser->is_header_done() && !fits())
            fail("http-body-too-large");
        else if (used == 0 && buffer.size() > headerLimit)
            fail("http-header-too-large");
        else if (used == 0)
            return;
    }
}

void HttpResponseParser::expectHead()
{
    d->head = true;
}

HttpResponseParser::State HttpResponseParser::feed(QByteArrayView octets)
{
    if (d->state == State::Failed)
        return d->state;
    d->buffer.append(octets.data(), octets.size());
    try {
        d->advance();
    } catch (const std::exception &) {
        d->fail("http-body-too-large");
    }
    return d->state;
}

HttpResponseParser::State HttpResponseParser::finish()
{
    if (d->state != State::NeedMore || !d->parser)
        return d->state;
    boost::beast::error_code error;
    d->parser->put_eof(error);
    if (error || !d->parser->is_done()) {
        d->fail("http-body-cut");
    } else {
        d->closes = true;
        d->state = State::Complete;
    }
    return d->state;
}

HttpResponseParser::State HttpResponseParser::state() const
{
    return d->state;
}

HttpResponse HttpResponseParser::take()
{
    HttpResponse response = partial();
    d->parser.reset();
    d->head = false;
    d->state = State::NeedMore;
    feed({});
    return response;
}

bool HttpResponseParser::closes() const
{
    return d->closes;
}

bool HttpResponseParser::hasHead() const
{
    return d->parser && d->parser->is_header_done();
}

HttpResponse HttpResponseParser::partial() const
{
    HttpResponse response;
    if (!hasHead())
        return response;
    const auto &message = d->parser->get();
    response.status = int(message.result_int());
    response.headers = toHeaders(message);
    response.body = QByteArray(message.body().data(), qsizetype(message.body().size()));
    return response;
}

const char *HttpResponseParser::failure() const
{
    return d->failure;
}

} // namespace reveille
