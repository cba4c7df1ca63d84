// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/metrics.h"

#include "domain/liveness.h"

namespace reveille {

namespace {

class MetricsWriter {
public:
    void family(const char *name, const char *type, const char *help)
    {
        m_name = name;
        m_text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        m_text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }
    void value(double number) { line({}, number); }
    void value(const char *label, const QByteArray &of, double number)
    {
        line(QByteArray("{") + label + "=\"" + escaped(of) + "\"}", number);
    }
    QByteArray take() { return std::move(m_text); }

private:
    static QByteArray escaped(QByteArray text)
    {
        return text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    }
    void line(const QByteArray &labels, double number)
    {
        m_text.append(m_name)
            .append(labels)
            .append(' ')
            .append(QByteArray::number(number, 'g', 15))
            .append('\n');
    }

    QByteArray m_text;
    const char *m_name = "";
};

void writePushes(MetricsWriter &out, const ServerCounters &counters)
{
    out.family("reveille_pushes_total", "counter", "Pushes accepted, and deliveries by how they ended.");
    out.value("event", "accepted", double(counters.pushesAccepted));
    out.value("event", "delivered", double(counters.pushesDelivered));
    out.value("event", "failed", double(counters.pushesFailed));
    out.value("event", "confirmed", double(counters.pushesConfirmed));
    out.family("reveille_pushes_awaiting_confirmation", "gauge", "Pushes that were delivered and may still be confirmed.");
    out.value(double(counters.pushesAwaited));
    out.family("reveille_pushes_pending", "gauge", "Deliveries without a final state.");
    out.value(double(counters.pushesPending));
}

void writeWakes(MetricsWriter &out, const ServerCounters &counters)
{
    out.family("reveille_wakes_total", "counter", "Wake-ups by how they ended.");
    out.value("outcome", "succeeded", double(counters.wakesSucceeded));
    out.value("outcome", "failed", double(counters.wakesFailed));
    out.family("reveille_wakes_active", "gauge", "Wake-ups under way.");
    out.value(double(counters.wakesActive));
    out.family("reveille_sirs_sent_total", "counter", "Session initiation requests handed to a bearer.");
    out.value(double(counters.sirsSent));
}

void writePaths(MetricsWriter &out, const ServerCounters &counters)
{
    out.family("reveille_probes_total", "counter", "Probes of quiet paths by what became of them.");
    out.value("event", "sent", double(counters.probesSent));
    out.value("event", "answered", double(counters.probesAnswered));
    out.value("event", "lost", double(counters.probesLost));
    out.family("reveille_address_changes_total", "counter", "Devices heard from another address or port.");
    out.value(double(counters.addressChanges));
    out.family("reveille_networks_learned", "gauge", "Networks whose pinhole lifetime is being learned or known.");
    out.value(double(counters.networksLearned));
}

void writeFaults(MetricsWriter &out, const ServerCounters &counters)
{
    out.family("reveille_faults_active", "gauge", "Faults that staff has put in the way.");
    out.value(double(counters.faultsActive));
    out.family("reveille_faults_struck_total", "counter", "Messages that such a fault has struck.");
    out.value(double(counters.faultsStruck));
}

void writeBearers(MetricsWriter &out, const QVector<BearerSnapshot> &bearers)
{
    out.family("reveille_bearer_healthy", "gauge", "1 where the bearer can send.");
    for (const BearerSnapshot &bearer : bearers)
        out.value("bearer", bearer.facts.name.toUtf8(), bearer.health.healthy ? 1 : 0);
    out.family("reveille_bearer_sent_total", "counter", "Messages the carrier took.");
    for (const BearerSnapshot &bearer : bearers)
        out.value("bearer", bearer.facts.name.toUtf8(), double(bearer.health.sent));
    out.family("reveille_bearer_failed_total", "counter", "Messages the carrier did not take.");
    for (const BearerSnapshot &bearer : bearers)
        out.value("bearer", bearer.facts.name.toUtf8(), double(bearer.health.failed));
}

void writeStore(MetricsWriter &out, const StoreFacts &store)
{
    out.family("reveille_store_queued", "gauge", "Batches not yet durable.");
    out.value(double(store.queued));
    out.family("reveille_store_commits_total", "counter", "Batches made durable.");
    out.value(double(store.commits));
    out.family("reveille_store_last_commit_seconds", "gauge", "Duration of the last transaction.");
    out.value(double(store.lastCommit.count()) / 1000.0);
    out.family("reveille_store_healthy", "gauge", "1 while the store can write.");
    out.value(store.trouble.isEmpty() ? 1 : 0);
}

} // namespace

QByteArray metricsText(const ServerCounters &counters, const QVector<BearerSnapshot> &bearers)
{
    MetricsWriter out;
    out.family("reveille_users", "gauge", "Users known.");
    out.value(double(counters.users));
    out.family("reveille_devices", "gauge", "Devices by liveness of their best connection.");
    out.value("state", toText(LivenessState::Up), double(counters.up));
    out.value("state", toText(LivenessState::Suspect), double(counters.suspect));
    out.value("state", toText(LivenessState::Lost), double(counters.lost));
    out.value("state", toText(LivenessState::Waking), double(counters.waking));
    out.value("state", toText(LivenessState::Unreachable), double(counters.unreachable));
    writePushes(out, counters);
    writeWakes(out, counters);
    writePaths(out, counters);
    writeFaults(out, counters);
    writeBearers(out, bearers);
    writeStore(out, counters.store);
    return out.take();
}

} // namespace reveille
