// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/httprequestparser.h"

#include "wire/httpbeast.h"
#include "wire/httphead.h"

#include <boost/beast/core/buffers_range.hpp>
#include <boost/beast/http/parser.hpp>

#include <limits>
#include <optional>

namespace reveille {

namespace {

namespace beast = boost::beast::http;

/// Shorter than this no chunked body can end; Beast asserts that it is given at least as much.
constexpr qsizetype shortestChunkedEnd = 5;

/// A body as it comes: no room is made for what is only announced, and none is needed to hand it over.
struct ArrivingBody {
    using value_type = QByteArray;

    class reader {
    public:
        template <bool isRequest, typename Fields>
        reader(beast::header<isRequest, Fields> &, value_type &body)
            : m_body(body)
        {
        }
        void init(const boost::optional<std::uint64_t> &, boost::beast::error_code &error) { error = {}; }
        template <typename Buffers>
        std::size_t put(const Buffers &buffers, boost::beast::error_code &error)
        {
            std::size_t taken = 0;
            for (const auto buffer : boost::beast::buffers_range_ref(buffers)) {
                m_body.append(static_cast<const char *>(buffer.data()), qsizetype(buffer.size()));
                taken += buffer.size();
            }
            error = {};
            return taken;
        }
        void finish(boost::beast::error_code &error) { error = {}; }

    private:
        value_type &m_body;
    };
};

} // namespace

struct HttpRequestParser::Private {
    HttpLimits limits;
    BodyLimit bodyLimit;
    State state = State::NeedMore;
    Failure failure;
    QByteArray buffer;
    qsizetype scanned = 0; ///< octets of an unfinished header section looked through already
    std::optional<beast::request_parser<ArrivingBody>> parser; ///< set once the header section is whole
    HttpRequest request;

    void fail(Failure why)
    {
        failure = why;
        state = State::Failed;
        buffer.clear();
        parser.reset();
    }

    void advance();
    bool readHead();
    void startParser(qsizetype headLength);
    void readBody();
    void finish();
};

HttpRequestParser::HttpRequestParser(HttpLimits limits, BodyLimit bodyLimit)
    : d(std::make_unique<Private>())
{
    d->limits = limits;
    d->bodyLimit = std::move(bodyLimit);
}

HttpRequestParser::~HttpRequestParser() = default;

bool HttpRequestParser::Private::readHead()
{
    // RFC 9112 section 2.2: empty lines before the request line are ignored.
    while (scanned == 0 && buffer.startsWith("\r\n"))
        buffer.remove(0, 2);
    if (buffer.isEmpty() || buffer == "\r")
        return false;
    const qsizetype from = qMax<qsizetype>(0, scanned - 3);
    const qsizetype found = httpHeadLength(QByteArrayView(buffer).sliced(from));
    const qsizetype length = found > 0 ? from + found : 0;
    const QByteArrayView seen = QByteArrayView(buffer).first(length > 0 ? length : buffer.size());
    if (auto why = checkPartialHead(seen, limits)) {
        fail(*why);
        return false;
    }
    if (seen.size() > limits.header) {
        fail({431, "http-header-too-large"});
        return false;
    }
    if (length == 0) {
        scanned = buffer.size();
        return false;
    }
    if (auto why = checkHead(seen, limits)) {
        fail(*why);
        return false;
    }
    startParser(length);
    return state != State::Failed;
}

void HttpRequestParser::Private::startParser(qsizetype headLength)
{
    parser.emplace();
    parser->header_limit(quint32(limits.header) + 4);
    parser->body_limit(std::numeric_limits<quint64>::max()); // judged below, once it is known what the body is for
    parser->eager(false);
    boost::beast::error_code error;
    parser->put(boost::asio::buffer(buffer.constData(), size_t(headLength)), error);
    if (error || !parser->is_header_done()) {
        fail({400, "http-field"});
        return;
    }
    const auto &message = parser->get();
    request = {};
    request.method = toBytes(message.method_string());
    request.target = toBytes(message.target());
    request.minorVersion = int(message.version()) % 10;
    request.headers = toHeaders(message);
    request.keepAlive = message.keep_alive();
    request.expectsContinue = request.minorVersion > 0 && request.headers.lists("Expect", "100-continue");
    buffer.remove(0, headLength);
    scanned = 0;
    if (auto why = normaliseTarget(request)) {
        fail(*why);
        return;
    }
    const quint64 limit = quint64(bodyLimit ? bodyLimit(request, limits.body) : limits.body);
    if (parser->content_length().value_or(0) > limit) {
        fail({413, "http-body-too-large"});
        return;
    }
    parser->body_limit(limit);
    parser->eager(true);
}

void HttpRequestParser::Private::readBody()
{
    while (!parser->is_done()) {
        if (buffer.size() < (parser->chunked() ? shortestChunkedEnd : 1))
            return;
        boost::beast::error_code error;
        const size_t used =
            parser->put(boost::asio::buffer(buffer.constData(), size_t(buffer.size())), error);
        buffer.remove(0, qsizetype(used));
        if (error == beast::error::body_limit) {
            fail({413, "http-body-too-large"});
            return;
        }
        if (error && error != beast::error::need_more) {
            fail({400, "http-body"});
            return;
        }
        if (parser->is_done())
            break;
        if (parser->chunked() && buffer.size() > limits.header) {
            fail({431, "http-header-too-large"});
            return;
        }
        if (used == 0)
            return;
    }
    finish();
}

void HttpRequestParser::Private::finish()
{
    request.body = std::move(parser->get().body());
    parser.reset();
    state = State::Complete;
}

void HttpRequestParser::Private::advance()
{
    if (state != State::NeedMore)
        return;
    // Beast reports by error code; what may still be thrown is a failed allocation.
    try {
        if (parser || readHead())
            readBody();
    } catch (const std::exception &) {
        fail({413, "http-body-too-large"});
    }
}

HttpRequestParser::State HttpRequestParser::feed(QByteArrayView octets)
{
    if (d->state != State::Failed)
        d->buffer.append(octets.data(), octets.size());
    d->advance();
    return d->state;
}

HttpRequestParser::State HttpRequestParser::state() const
{
    return d->state;
}

HttpRequest HttpRequestParser::take()
{
    HttpRequest taken = std::exchange(d->request, {});
    d->state = State::NeedMore;
    d->advance();
    return taken;
}

const HttpRequestParser::Failure &HttpRequestParser::failure() const
{
    return d->failure;
}

bool HttpRequestParser::hasHead() const
{
    return d->parser.has_value() || d->state == State::Complete;
}

const HttpRequest &HttpRequestParser::head() const
{
    return d->request;
}

bool HttpRequestParser::isIdle() const
{
    return d->state == State::NeedMore && !d->parser && d->buffer.isEmpty();
}

qsizetype HttpRequestParser::buffered() const
{
    return d->buffer.size();
}

qsizetype HttpRequestParser::unfinished() const
{
    return d->parser ? d->parser->get().body().size() + d->buffer.size() : 0;
}

void HttpRequestParser::drop()
{
    if (d->state != State::Failed)
        d->fail({400, "http-body"});
    d->buffer.squeeze();
    d->request = {};
}

} // namespace reveille
