// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QVector>

namespace reveille {

/// The header fields of one HTTP message, in the order received. Names compare without case. Any thread.
class HttpHeaders {
public:
    struct Field {
        QByteArray name;
        QByteArray value; ///< without surrounding white space
        friend bool operator==(const Field &, const Field &) = default;
    };

    void add(QByteArray name, QByteArray value) { m_fields.append({std::move(name), std::move(value)}); }
    /// Replaces every field of that name by this one.
    void set(const QByteArray &name, const QByteArray &value);
    void remove(QByteArrayView name);
    /// The first field of that name, empty if there is none.
    QByteArray value(QByteArrayView name) const;
    bool has(QByteArrayView name) const { return count(name) > 0; }
    qsizetype count(QByteArrayView name) const;
    /// Whether a comma-separated field of that name lists `token`, compared without case.
    bool lists(QByteArrayView name, QByteArrayView token) const;
    const QVector<Field> &fields() const { return m_fields; }

    friend bool operator==(const HttpHeaders &, const HttpHeaders &) = default;

private:
    QVector<Field> m_fields;
};

/// A request as the parser hands it over: framing resolved, body whole (RFC 9110, RFC 9112). Any thread.
struct HttpRequest {
    QByteArray method; ///< "GET", as sent
    QByteArray target; ///< origin form, "/v1/users?limit=2", still percent-encoded; or "*"
    int minorVersion = 1;
    HttpHeaders headers; ///< Host is that of the target where the target was absolute; no trailers
    QByteArray body;
    bool keepAlive = true;
    bool expectsContinue = false;
    friend bool operator==(const HttpRequest &, const HttpRequest &) = default;
};

/// A response with its whole body. Content-Length is written by the serialiser. Any thread.
struct HttpResponse {
    int status = 200;
    HttpHeaders headers;
    QByteArray body;
    friend bool operator==(const HttpResponse &, const HttpResponse &) = default;
};

/// What stands after the status code (RFC 9110 section 15); "Unknown" for a code without a name.
QByteArray httpReason(int status);

/// What goes before the body.
struct HttpFraming {
    bool keepAlive = true;
    bool head = false; ///< answers HEAD: the length is told, the body left out
    enum class Body : quint8 {
        Whole,   ///< the response's own
        Chunked, ///< follows in chunks; the response's own is ignored
        ToTheEnd ///< follows until the connection closes; the response's own is ignored
    } body = Body::Whole;
};

/// The octets of a response. Control characters in field values are dropped, so that no value can start a new
/// field. No Content-Length for 1xx, 204 and 304.
QByteArray serialise(const HttpResponse &response, HttpFraming framing = {});
/// The octets of a request with Content-Length where it has a body; Host is the caller's to set.
QByteArray serialise(const HttpRequest &request);
/// One chunk of a chunked body; empty data gives nothing, the end is httpLastChunk().
QByteArray httpChunk(QByteArrayView data);
QByteArray httpLastChunk();

} // namespace reveille
