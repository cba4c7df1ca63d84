// SPDX-License-Identifier: GPL-3.0-or-later
#include "bearers/kannelbearer.h"

#include "domain/msisdn.h"

#include <QPointer>

namespace reveille {

using Kind = WakeReceipt::Kind;
using Report = KannelReceipts::Report;

namespace {

/// Octets that stand in a URL as they are (RFC 3986 section 2.3); the others are escaped.
QByteArray escaped(const QByteArray &octets)
{
    return octets.toPercentEncoding();
}

QByteArray escaped(const QString &text)
{
    return escaped(text.toUtf8());
}

bool isMissing(const Error &error)
{
    return error.is("connection-refused") || error.is("connection-failed") || error.is("name-not-found") || error.is("tls-failed");
}

} // namespace

/// One wake-up, in as many messages as it takes.
struct KannelBearer::Flight {
    WakeQueue::Item item;
    QVector<SmsUserData> parts;
    QVector<QByteArray> urls;   ///< where reports of the parts are awaited
    QVector<bool> delivered;
    bool isAccepted = false;
    bool isOver = false;
    bool receivedEarly = false; ///< every part was delivered before Kannel's last answer came
};

KannelBearer::KannelBearer(Settings settings, Clock &clock, Timers &timers)
    : m_settings(std::move(settings))
    , m_clock(clock)
    , m_timers(timers)
    , m_caller({std::nullopt, m_settings.timeout, 16 * 1024, 64 * 1024, m_settings.tls}, timers)
    , m_queue(m_settings.queue, clock, timers, [this](WakeQueue::Item item) { transmit(std::move(item)); })
    , m_carrier(m_queue, m_settings.backoff, clock, timers, [this] { probe(); }, [this] { tellHealthChanged(); })
{
    m_carrier.setPeer(m_settings.sendsms.authority());
    if (m_settings.receipts)
        m_receipts = std::make_unique<KannelReceipts>(*m_settings.receipts, clock, timers);
    m_carrier.lookSoon();
}

KannelBearer::~KannelBearer() = default;

Result<Done> KannelBearer::start()
{
    if (!m_receipts)
        return Done{};
    const Result<QString> bound = m_receipts->start(QStringLiteral("bearer.%1/receipts").arg(m_settings.name));
    return bound ? Result<Done>(Done{}) : bound.error();
}

BearerFacts KannelBearer::facts() const
{
    return {m_settings.name, QStringLiteral("kannel"), {QStringLiteral("sms")}, m_carrier.isHealthy()};
}

BearerHealth KannelBearer::health() const
{
    return m_carrier.health();
}

Result<Done> KannelBearer::canReach(const WakeRoute &route) const
{
    return SmsForm::canReach(route);
}

QByteArray KannelBearer::encode(const WakeMessage &message) const
{
    return m_settings.form.octetsOf(message);
}

WakeBudget KannelBearer::budget(const WakeMessage &message) const
{
    return m_settings.form.budgetOf(message);
}

void KannelBearer::send(const WakeMessage &message, std::function<void(WakeReceipt)> receipt)
{
    m_carrier.take({message, std::move(receipt)}, m_settings.form.fits(message));
}

void KannelBearer::transmit(WakeQueue::Item item)
{
    auto flight = std::make_shared<Flight>();
    flight->parts = m_settings.form.partsOf(item.message).valueOr({});
    flight->item = std::move(item);
    flight->delivered = QVector<bool>(flight->parts.size(), false);
    submit(flight, 0);
}

HttpRequest KannelBearer::requestFor(const Flight &flight, int part) const
{
    const QByteArray octets = encodeSmsUserData(flight.parts[part]);
    const qsizetype header = 1 + quint8(octets[0]);
    QByteArray query = "?username=" + escaped(m_settings.user) + "&password=" + escaped(m_settings.password);
    if (!m_settings.from.isEmpty())
        query += "&from=" + escaped(m_settings.from);
    if (!m_settings.smsc.isEmpty())
        query += "&smsc=" + escaped(m_settings.smsc);
    query += "&to=" + escaped(Msisdn::parse(flight.item.message.route.address)->toString());
    query += "&coding=1&mclass=1&udh=" + escaped(octets.left(header)) + "&text=" + escaped(octets.mid(header));
    if (part < flight.urls.size())
        query += "&dlr-mask=19&dlr-url=" + escaped(flight.urls[part]);
    HttpRequest request;
    request.method = "GET";
    request.target = m_settings.sendsms.target + query;
    return request;
}

/// One part after the other, so that a terminal gets them in order.
void KannelBearer::submit(const std::shared_ptr<Flight> &flight, int part)
{
    const QPointer<KannelBearer> guard(this);
    if (m_receipts) {
        flight->urls.append(m_receipts->await([guard, flight, part](Report report, const QString &id) {
            if (guard)
                guard->reported(flight, part, report, id);
        }));
    }
    const HttpRequest request = requestFor(*flight, part);
    HttpPlace place = m_settings.sendsms;
    place.target = request.target;
    m_caller.call(place, request, [guard, flight, part](const Result<HttpResponse> &answer) {
        if (guard)
            guard->answered(flight, part, answer);
    });
}

void KannelBearer::answered(const std::shared_ptr<Flight> &flight, int part, const Result<HttpResponse> &answer)
{
    const bool taken = answer && answer->status >= 200 && answer->status < 300;
    if (taken && part + 1 < flight->parts.size() && !flight->isOver)
        return submit(flight, part + 1);
    m_queue.answered();
    if (!answer) {
        give(flight, Kind::Retry, answer.error().code);
        if (isMissing(answer.error()) || answer.error().is("no-answer"))
            m_carrier.down(answer.error().code);
        return;
    }
    m_carrier.up();
    if (taken) {
        m_carrier.countSent();
        flight->isAccepted = true;
        if (flight->isOver)
            return;
        flight->item.receipt({Kind::Accepted, QByteArray::number(answer->status), {}});
        if (flight->receivedEarly)
            return give(flight, Kind::Received, "delivered");
        return;
    }
    m_carrier.setDetail(QString::fromUtf8(answer->body.left(80)).simplified());
    const bool refused = answer->status == 403;
    give(flight, answer->status >= 500 ? Kind::Retry : Kind::Failed,
         refused ? QByteArray("login-refused") : QByteArray::number(answer->status));
    if (refused)
        m_carrier.down("login-refused");
}

/// Its last receipt.
void KannelBearer::give(const std::shared_ptr<Flight> &flight, Kind kind, const QByteArray &code, const QString &id)
{
    if (std::exchange(flight->isOver, true))
        return;
    kind == Kind::Received ? m_carrier.countReceived() : m_carrier.countFailed();
    end(flight);
    flight->item.receipt({kind, code, id});
}

void KannelBearer::end(const std::shared_ptr<Flight> &flight)
{
    if (!m_receipts)
        return;
    for (const QByteArray &url : std::as_const(flight->urls))
        m_receipts->forget(url);
}

void KannelBearer::reported(const std::shared_ptr<Flight> &flight, int part, Report report, const QString &id)
{
    if (flight->isOver)
        return;
    switch (report) {
    case Report::Buffered:
    case Report::Submitted:
        return;
    case Report::Undelivered:
        return give(flight, Kind::Failed, "sms-undeliverable", id);
    case Report::Rejected:
        return give(flight, Kind::Failed, "sms-rejected", id);
    case Report::Delivered:
        flight->delivered[part] = true;
        if (flight->delivered.contains(false))
            return;
        if (!flight->isAccepted)
            flight->receivedEarly = true;
        else
            give(flight, Kind::Received, "delivered", id);
    }
}

void KannelBearer::test(std::function<void(BearerTest)> done)
{
    const Milliseconds begun = m_clock.monotonic();
    HttpRequest request;
    request.method = "GET";
    const HttpPlace place = m_settings.status.value_or(m_settings.sendsms);
    request.target = place.target;
    const bool hasStatus = m_settings.status.has_value();
    m_caller.call(place, request, [guard = QPointer<KannelBearer>(this), hasStatus, begun, done = std::move(done)](const Result<HttpResponse> &answer) {
        if (!guard)
            return;
        const Milliseconds took = guard->m_clock.monotonic() - begun;
        if (!answer)
            return done({false, answer.error().code, {}, took});
        // sendsms without a user is refused, which is an answer too.
        const bool ok = answer->status < 300 || (!hasStatus && answer->status < 500);
        const QString line = QString::fromUtf8(answer->body.left(200)).section(u'\n', 0, 0).simplified().left(80);
        done({ok, ok ? QByteArray("link-answers") : QByteArray::number(answer->status), line, took});
    });
}

void KannelBearer::probe()
{
    test([this](const BearerTest &found) { found.ok ? m_carrier.up() : m_carrier.down(found.code); });
}

} // namespace reveille
