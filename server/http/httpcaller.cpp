// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/httpcaller.h"

#include "wire/httpresponseparser.h"

#include <QHostAddress>
#include <QHostInfo>
#include <QNetworkProxy>
#include <QSslSocket>

namespace reveille {

namespace {

constexpr qsizetype mostAddresses = 4; ///< of one name

/// One request under way; deletes itself once answered.
class CallUnderWay : public QObject {
public:
    CallUnderWay(const HttpCaller::Settings &settings, Timers &timers, HttpPlace place, QByteArray request,
             HttpCaller::Answered answered, QObject *parent)
        : QObject(parent)
        , m_settings(settings)
        , m_timers(timers)
        , m_place(std::move(place))
        , m_request(std::move(request))
        , m_answered(std::move(answered))
        , m_parser(settings.headerLimit, settings.bodyLimit)
    {
        m_socket.setProxy(QNetworkProxy::NoProxy);
        m_socket.setSslConfiguration(settings.tls);
        connect(&m_socket, &QSslSocket::connected, this, [this] {
            m_connected = true;
            if (!m_place.secure)
                m_socket.write(m_request);
        });
        connect(&m_socket, &QSslSocket::encrypted, this, [this] { m_socket.write(m_request); });
        connect(&m_socket, &QIODevice::readyRead, this, &CallUnderWay::read);
        connect(&m_socket, &QAbstractSocket::errorOccurred, this, &CallUnderWay::failed);
        m_end = timers.start(settings.timeout, [this] { finish(Error{"no-answer", m_place.authority()}); });
    }
    ~CallUnderWay() override
    {
        m_timers.cancel(m_end);
        m_timers.cancel(m_next);
        disconnect(&m_socket, nullptr, this, nullptr);
        m_socket.abort();
    }
    void start()
    {
        if (const QHostAddress literal(m_place.host); !literal.isNull()) {
            m_next = m_timers.start(Milliseconds(0), [this, literal] { resolved({literal}); });
            return;
        }
        if (m_settings.resolve)
            return m_settings.resolve(m_place.host, this, [this](const QList<QHostAddress> &addresses) { resolved(addresses); });
        QHostInfo::lookupHost(m_place.host, this, [this](const QHostInfo &info) { resolved(info.addresses()); });
    }

private:
    void resolved(const QList<QHostAddress> &addresses)
    {
        m_next = 0;
        if (addresses.isEmpty())
            return finish(Error{"name-not-found", m_place.host.left(64)});
        for (const QHostAddress &address : addresses) {
            const Result<IpAddress> judged = IpAddress::parse(address.toString());
            const bool allowed = !m_settings.allowedNetworks ||
                                 (judged && anyContains(*m_settings.allowedNetworks, *judged));
            const bool refused = m_settings.mayReach && !(judged && m_settings.mayReach(*judged));
            if (allowed && !refused && m_addresses.size() < mostAddresses)
                m_addresses.append(address);
        }
        if (m_addresses.isEmpty())
            return finish(Error{"network-not-allowed", addresses.constFirst().toString()});
        connectToNext();
    }
    void connectToNext()
    {
        m_next = 0;
        const QString address = m_addresses.takeFirst().toString();
        if (m_place.secure)
            m_socket.connectToHostEncrypted(address, m_place.port, m_place.host);
        else
            m_socket.connectToHost(address, m_place.port);
    }
    void read()
    {
        switch (m_parser.feed(m_socket.readAll())) {
        case HttpResponseParser::State::NeedMore:
            return;
        case HttpResponseParser::State::Complete:
            return finish(m_parser.take());
        case HttpResponseParser::State::Failed:
            return finish(Error{m_parser.failure(), m_place.authority()});
        }
    }
    void failed(QAbstractSocket::SocketError error)
    {
        switch (error) {
        case QAbstractSocket::RemoteHostClosedError:
            return closed();
        case QAbstractSocket::SslHandshakeFailedError:
        case QAbstractSocket::SslInternalError:
        case QAbstractSocket::SslInvalidUserDataError:
            return finish(Error{"tls-failed", m_socket.errorString().left(120)});
        default:
            break;
        }
        if (!m_connected && !m_addresses.isEmpty()) {
            m_next = m_timers.start(Milliseconds(0), [this] { connectToNext(); });
            return;
        }
        const bool refused = error == QAbstractSocket::ConnectionRefusedError;
        finish(Error{refused ? "connection-refused" : "connection-failed", m_place.authority()});
    }
    void closed()
    {
        read();
        if (!m_answered)
            return;
        if (!m_socket.isEncrypted() && m_place.secure)
            return finish(Error{"tls-failed", m_place.authority()});
        if (m_parser.finish() == HttpResponseParser::State::Complete)
            return finish(m_parser.take());
        finish(Error{m_parser.hasHead() ? m_parser.failure() : "closed", m_place.authority()});
    }
    void finish(const Result<HttpResponse> &result)
    {
        const HttpCaller::Answered answered = std::exchange(m_answered, {});
        if (!answered)
            return;
        disconnect(&m_socket, nullptr, this, nullptr);
        m_timers.cancel(m_end);
        m_timers.cancel(m_next);
        deleteLater();
        answered(result);
    }

    const HttpCaller::Settings m_settings;
    Timers &m_timers;
    HttpPlace m_place;
    QByteArray m_request;
    HttpCaller::Answered m_answered;
    HttpResponseParser m_parser;
    QSslSocket m_socket;
    QList<QHostAddress> m_addresses;
    bool m_connected = false;
    TimerId m_end = 0;
    TimerId m_next = 0;
};

} // namespace

HttpCaller::HttpCaller(Settings settings, Timers &timers, QObject *parent)
    : QObject(parent)
    , m_settings(std::move(settings))
    , m_timers(timers)
{
}

HttpCaller::~HttpCaller()
{
    qDeleteAll(findChildren<QObject *>(Qt::FindDirectChildrenOnly)); // they use the timers
}

QByteArray HttpCaller::octets(const HttpPlace &place, HttpRequest request)
{
    HttpHeaders headers;
    const bool usual = place.port == (place.secure ? 443 : 80);
    const QString authority = place.authority();
    headers.add("Host", (usual ? authority.left(authority.lastIndexOf(u':')) : authority).toLatin1());
    for (const HttpHeaders::Field &field : request.headers.fields())
        headers.add(field.name, field.value);
    request.headers = headers;
    request.keepAlive = false;
    request.target = place.target;
    return serialise(request);
}

void HttpCaller::call(const HttpPlace &place, HttpRequest request, Answered answered)
{
    auto *call = new CallUnderWay(m_settings, m_timers, place, octets(place, std::move(request)), std::move(answered), this);
    call->start();
}

} // namespace reveille
