// SPDX-License-Identifier: GPL-3.0-or-later
#include "bearers/gammubearer.h"

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
    , m_carrier(m_queue, m_settings.backoff, clock, timers, [this] { open(); }, [this] { tellHealthChanged(); })
    , m_phone(new GammuPhone(m_settings.phone, m_isStopping))
{
    m_carrier.startUnknown("connecting");
    m_carrier.setPeer(m_settings.phone.device);
    m_phone->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_phone, &QObject::deleteLater);
    connect(m_phone, &GammuPhone::opened, this, &GammuBearer::opened);
    connect(m_phone, &GammuPhone::submitted, this, &GammuBearer::submitted);
    connect(m_phone, &GammuPhone::asked, this, &GammuBearer::asked);
    m_thread.setObjectName(QStringLiteral("gammu"));
    m_thread.start();
    open();
}

GammuBearer::~GammuBearer()
{
    m_timers.cancel(m_watchTimer);
    m_isStopping = true;
    m_thread.quit();
    m_thread.wait();
}

BearerFacts GammuBearer::facts() const
{
    return {m_settings.name, QStringLiteral("gammu"), {QStringLiteral("sms")}, m_carrier.isHealthy()};
}

BearerHealth GammuBearer::health() const
{
    return m_carrier.health();
}

Result<Done> GammuBearer::canReach(const WakeRoute &route) const
{
    return SmsForm::canReach(route);
}

QByteArray GammuBearer::encode(const WakeMessage &message) const
{
    return m_settings.form.octetsOf(message);
}

WakeBudget GammuBearer::budget(const WakeMessage &message) const
{
    return m_settings.form.budgetOf(message);
}

void GammuBearer::send(const WakeMessage &message, std::function<void(WakeReceipt)> receipt)
{
    m_carrier.take({message, std::move(receipt)}, m_settings.form.fits(message));
}

void GammuBearer::transmit(const WakeQueue::Item &item)
{
    PhoneOrder order;
    order.number = ++m_lastOrder;
    order.recipient = Msisdn::parse(item.message.route.address)->toString();
    const QVector<SmsUserData> parts = *m_settings.form.partsOf(item.message);
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
    sent ? m_carrier.countSent() : m_carrier.countFailed();
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

void GammuBearer::open()
{
    QMetaObject::invokeMethod(m_phone, &GammuPhone::open, Qt::QueuedConnection);
}

void GammuBearer::up()
{
    watchLater();
    m_carrier.up();
}

void GammuBearer::down(const PhoneAnswer &answer)
{
    m_timers.cancel(m_watchTimer);
    m_carrier.down(answer.code, answer.detail);
}

void GammuBearer::watchLater()
{
    m_timers.cancel(m_watchTimer);
    if (m_settings.watch > Milliseconds(0))
        m_watchTimer = m_timers.start(m_settings.watch, [this] { look(); });
}

void GammuBearer::look()
{
    m_watchTimer = 0;
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
    else if (m_carrier.isUp())
        watchLater();
}

void GammuBearer::test(std::function<void(BearerTest)> done)
{
    m_tests.append({std::move(done), m_clock.monotonic()});
    if (m_tests.size() == 1)
        QMetaObject::invokeMethod(m_phone, &GammuPhone::ask, Qt::QueuedConnection);
}

} // namespace reveille
