// SPDX-License-Identifier: GPL-3.0-or-later
#include "bearers/gammubearer.h"

#include "bearers/sirpush.h"
#include "domain/ipaddress.h"
#include "domain/msisdn.h"

namespace reveille {

namespace {

using Kind = WakeReceipt::Kind;

QString textOf(const QVector<int> &references)
{
    QStringList texts;
    for (const int reference : references)
        texts.append(QString::number(reference));
    return texts.join(u',');
}

} // namespace

GammuBearer::GammuBearer(Settings settings, Clock &clock, Timers &timers, QObject *parent)
    : QObject(parent)
    , m_settings(std::move(settings))
    , m_clock(clock)
    , m_timers(timers)
    , m_queue(m_settings.queue, clock, timers, [this](const WakeQueue::Item &item) { transmit(item); })
    , m_phone(new GammuPhone(m_settings.phone, m_isStopping))
{
    m_health.code = "connecting";
    m_health.peer = m_settings.phone.device;
    m_queue.setPaused(true);
    m_phone->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_phone, &QObject::deleteLater);
    connect(m_phone, &GammuPhone::opened, this, &GammuBearer::opened);
    connect(m_phone, &GammuPhone::submitted, this, &GammuBearer::submitted);
    connect(m_phone, &GammuPhone::asked, this, &GammuBearer::asked);
    m_thread.setObjectName(QStringLiteral("gammu"));
    m_thread.start();
    QMetaObject::invokeMethod(m_phone, &GammuPhone::open, Qt::QueuedConnection);
}

GammuBearer::~GammuBearer()
{
    m_timers.cancel(m_timer);
    m_isStopping = true;
    m_thread.quit();
    m_thread.wait();
}

BearerFacts GammuBearer::facts() const
{
    return {m_settings.name, QStringLiteral("gammu"), {QStringLiteral("sms")}, m_health.healthy};
}

BearerHealth GammuBearer::health() const
{
    BearerHealth health = m_health;
    health.queued = m_queue.queued();
    health.inFlight = m_queue.inFlight();
    return health;
}

Result<Done> GammuBearer::canReach(const WakeRoute &route) const
{
    if (IpAddress::parse(route.address)) // its digits would do for a number
        return Error{"msisdn-characters", route.address.left(100)};
    const Result<Msisdn> number = Msisdn::parse(route.address);
    return number ? Result<Done>(Done{}) : number.error();
}

Result<QVector<SmsUserData>> GammuBearer::partsOf(const WakeMessage &message) const
{
    const quint16 port = message.route.port.isSet() ? message.route.port.number() : m_settings.defaultPort;
    const auto reference = quint16((qHash(message.wake) + size_t(message.attempt)) & 0xff);
    return splitSms(encodeSirPush(message), {port, m_settings.originatorPort}, reference, false, m_settings.mostParts);
}

QByteArray GammuBearer::encode(const WakeMessage &message) const
{
    QByteArray octets;
    const QVector<SmsUserData> parts = partsOf(message).valueOr({});
    for (const SmsUserData &part : parts)
        octets += encodeSmsUserData(part);
    return octets;
}

WakeBudget GammuBearer::budget(const WakeMessage &message) const
{
    const Result<QVector<SmsUserData>> parts = partsOf(message);
    const int octets = int((parts ? encode(message) : encodeSirPush(message)).size());
    return {octets, parts ? int(parts->size()) : parts.error().about.toInt(), int(smsUserDataLimit)};
}

void GammuBearer::send(const WakeMessage &message, std::function<void(WakeReceipt)> receipt)
{
    WakeReceipt no;
    WakeQueue::Item item{message, std::move(receipt)};
    if (const Result<Done> reachable = canReach(message.route); !reachable)
        no = {Kind::Failed, reachable.error().code, {}};
    else if (const Result<QVector<SmsUserData>> parts = partsOf(message); !parts)
        no = {Kind::Failed, parts.error().code, {}};
    else if (!m_health.healthy)
        no = {Kind::Retry, m_health.code, {}};
    else if (const Result<Done> added = m_queue.add(std::move(item)); !added)
        no = {Kind::Retry, added.error().code, {}};
    else
        return;
    ++m_health.failed;
    m_timers.start(Milliseconds(0), [receipt = std::move(item.receipt), no] { receipt(no); });
}

void GammuBearer::transmit(const WakeQueue::Item &item)
{
    PhoneOrder order;
    order.number = ++m_lastOrder;
    order.recipient = Msisdn::parse(item.message.route.address)->toString();
    const QVector<SmsUserData> parts = *partsOf(item.message);
    for (const SmsUserData &part : parts)
        order.parts.append(encodeSmsUserData(part));
    m_orders.insert(order.number, item);
    QMetaObject::invokeMethod(
        m_phone, [phone = m_phone, order] { phone->submit(order); }, Qt::QueuedConnection);
}

void GammuBearer::submitted(const PhoneAnswer &answer)
{
    const auto found = m_orders.constFind(answer.number);
    if (found == m_orders.cend())
        return;
    const WakeQueue::Item item = *found;
    m_orders.erase(found);
    m_queue.answered();
    const bool sent = answer.code.isEmpty();
    ++(sent ? m_health.sent : m_health.failed);
    if (sent)
        item.receipt({Kind::Accepted, "phone-sent", textOf(answer.references)});
    else
        item.receipt({answer.isLost ? Kind::Retry : Kind::Failed, answer.code, textOf(answer.references)});
    if (answer.isLost)
        down(answer);
}

void GammuBearer::opened(const PhoneAnswer &answer)
{
    if (answer.code.isEmpty())
        up();
    else
        down(answer);
}

void GammuBearer::up()
{
    m_isConnected = true;
    m_settings.backoff.reset();
    m_queue.setPaused(false);
    watchLater();
    if (m_health.healthy && m_health.code.isEmpty())
        return;
    m_health.healthy = true;
    m_health.code.clear();
    m_health.detail.clear();
    m_health.since = m_clock.now();
    tellHealthChanged();
}

void GammuBearer::down(const PhoneAnswer &answer)
{
    m_isConnected = false;
    m_queue.setPaused(true);
    const bool isNews = m_health.healthy || m_health.code != answer.code;
    m_health.healthy = false;
    m_health.code = answer.code;
    m_health.detail = answer.detail;
    if (isNews)
        m_health.since = m_clock.now();
    m_queue.drain([this, code = answer.code](const WakeQueue::Item &item) {
        ++m_health.failed;
        m_timers.start(Milliseconds(0), [receipt = item.receipt, code] { receipt({Kind::Retry, code, {}}); });
    });
    m_timers.cancel(m_timer);
    m_timer = m_timers.start(m_settings.backoff.next(), [this] {
        m_timer = 0;
        QMetaObject::invokeMethod(m_phone, &GammuPhone::open, Qt::QueuedConnection);
    });
    if (isNews)
        tellHealthChanged();
}

void GammuBearer::watchLater()
{
    m_timers.cancel(m_timer);
    if (m_settings.watch > Milliseconds(0))
        m_timer = m_timers.start(m_settings.watch, [this] { look(); });
}

void GammuBearer::look()
{
    m_timer = 0;
    QMetaObject::invokeMethod(m_phone, &GammuPhone::ask, Qt::QueuedConnection);
}

void GammuBearer::asked(const PhoneAnswer &answer)
{
    const bool ok = answer.code.isEmpty();
    const QVector<Asked> tests = std::exchange(m_tests, {});
    for (const Asked &test : tests)
        test.done({ok, ok ? QByteArray("phone-answers") : answer.code, answer.detail, m_clock.monotonic() - test.begun});
    if (ok)
        up();
    else if (answer.isLost)
        down(answer);
    else if (m_isConnected)
        watchLater();
}

void GammuBearer::test(std::function<void(BearerTest)> done)
{
    m_tests.append({std::move(done), m_clock.monotonic()});
    if (m_tests.size() == 1)
        QMetaObject::invokeMethod(m_phone, &GammuPhone::ask, Qt::QueuedConnection);
}

} // namespace reveille
