// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/overviewpage.h"

#include "gui/theme.h"
#include "models/sentences.h"

#include <QFormLayout>
#include <QLabel>
#include <QTimer>

namespace reveille {

namespace {

/// Sets only what changed, so that a selection in the text stays while ages move on.
void setText(QLabel *label, const QString &text)
{
    if (label->text() != text)
        label->setText(text);
}

} // namespace

OverviewPage::OverviewPage(const GuiContext &context, QWidget *parent)
    : QScrollArea(parent), m_context(context), m_form(new QFormLayout)
{
    auto *inner = new QWidget;
    inner->setLayout(m_form);
    m_form->setContentsMargins(2 * theme::grid, 2 * theme::grid, 2 * theme::grid, 2 * theme::grid);
    m_form->setHorizontalSpacing(3 * theme::grid);
    m_form->setVerticalSpacing(theme::grid);
    m_form->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
    setWidget(inner);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setAccessibleName(tr("Overview of the device"));

    m_evidence = addRow(tr("How we know"));
    m_registered = addRow(tr("Registered until"));
    m_packet = addRow(tr("Last packet"));
    m_proof = addRow(tr("Last proof"));
    m_pending = addRow(tr("Pending pushes"));
    m_preferences = addRow(tr("Preferences"));
    m_routes = addRow(tr("Wake routes"));
    m_rule = addRow(tr("Woken by itself"));
    m_id = addRow(tr("Device identity"));
    m_gruu = addRow(tr("GRUU"));
    m_number = addRow(tr("Phone number, port"));
    m_capabilities = addRow(tr("Capabilities"));
    m_subscriptions = addRow(tr("Applications"));
    m_webPush = addRow(tr("Web Push addresses"));
    m_returned = addRow(tr("Told when asked"));
    m_created = addRow(tr("Known since"));
    m_proof->setToolTip(tr("The last time the device answered something we sent: the path works both ways."));
    m_packet->setToolTip(tr("The last time anything was heard from the device."));
}

QLabel *OverviewPage::addRow(const QString &name)
{
    auto *value = new QLabel;
    value->setWordWrap(true);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    value->setMinimumWidth(1); // a long identity is cut off before the page scrolls sideways
    value->setAccessibleName(name);
    auto *label = new QLabel(name);
    label->setForegroundRole(QPalette::PlaceholderText);
    m_form->addRow(label, value);
    return value;
}

void OverviewPage::show(const DeviceSnapshot &snapshot, Timestamp now)
{
    const Device &device = snapshot.device;
    const Liveness &liveness = snapshot.liveness;
    const auto time = [&](Timestamp t) {
        return t.isSet() ? QStringLiteral("%1 · %2").arg(m_context.times.shortTime(t, now), TimeDisplay::relative(t, now))
                         : tr("never");
    };
    setText(m_evidence, snapshot.connections.isEmpty() ? tr("It has never registered here.")
                                                       : Sentences::evidence(liveness.evidence(), now));
    setText(m_registered, liveness.registeredUntil().isSet() ? time(liveness.registeredUntil()) : tr("not registered"));
    setText(m_packet, time(liveness.lastPacket().isSet() ? liveness.lastPacket() : device.lastSeen));
    setText(m_proof, time(liveness.lastProof()));
    setText(m_pending, QString::number(snapshot.pendingPushes));

    QStringList routes;
    for (const WakeRoute &route : device.wakeRoutes()) {
        QString text = Sentences::wakeRoute(route);
        switch (route.source) {
        case WakeRoute::Source::Client: text += tr(" (named by the device)"); break;
        case WakeRoute::Source::Provisioned: text += tr(" (provisioned)"); break;
        case WakeRoute::Source::Implied: text += tr(" (implied by its phone number and port)"); break;
        }
        if (!snapshot.readyRoutes.contains(route))
            text += tr(" — no bearer can use it");
        routes.append(text);
    }
    setText(m_routes, routes.isEmpty() ? tr("none: it cannot be woken") : routes.join(u'\n'));
    setText(m_rule, Sentences::wakeRule(device.wakeRule));
    setText(m_id, device.id.toString());
    setText(m_gruu, device.gruu.isEmpty() ? tr("none") : device.gruu);
    const QString port = device.clientPort.isSet() ? QString::number(device.clientPort.number()) : tr("none");
    setText(m_number, QStringLiteral("%1, %2").arg(device.msisdn.isEmpty() ? tr("none") : device.msisdn.toString(), port));

    const Capabilities &c = device.capabilities;
    QStringList capabilities{c.contentTypes.isEmpty() ? tr("any content type") : c.contentTypes.join(QStringLiteral(", "))};
    if (c.maxMessageSize > 0)
        capabilities.append(tr("up to %L1 octets").arg(c.maxMessageSize));
    capabilities.append(tr("SIR version %1").arg(c.sirVersion));
    setText(m_capabilities, capabilities.join(QStringLiteral(" · ")));

    QStringList preferences{Sentences::preferences(device.preferences)};
    if (const QString quiet = Sentences::quietHours(device.preferences); !quiet.isEmpty())
        preferences.append({quiet, Sentences::quietHoursNow(device.preferences, now)});
    if (const QString text = preferences.join(u'\n'); text != m_preferences->text()) {
        setText(m_preferences, text);
        QTimer::singleShot(0, m_form, &QFormLayout::invalidate); // laid out once only, a row that has grown stays too low
    }
    setText(m_subscriptions, device.subscriptions.isEmpty() ? tr("all") : device.subscriptions.join(QStringLiteral(", ")));
    QStringList addresses;
    for (const PushResource &resource : snapshot.pushResources) {
        QStringList parts{resource.initiator().text(), resource.application};
        if (!resource.session.isEmpty())
            parts.append(tr("session %1 only").arg(resource.session));
        if (!resource.vapidKey.isEmpty())
            parts.append(tr("bound to a VAPID key"));
        if (resource.isOver(now))
            parts.append(tr("ended %1").arg(time(resource.expiresAt)));
        else if (resource.expiresAt.isSet())
            parts.append(tr("until %1").arg(time(resource.expiresAt)));
        addresses.append(parts.join(QStringLiteral(" · ")));
    }
    setText(m_webPush, addresses.isEmpty() ? tr("none") : addresses.join(u'\n'));
    QStringList returned;
    for (const Returned &told : device.returned)
        returned.append(QStringLiteral("%1 · %2").arg(time(told.at), Sentences::returned(told)));
    setText(m_returned, returned.isEmpty() ? tr("nothing yet: a wake-up can ask for it") : returned.join(u'\n'));
    setText(m_created, time(device.createdAt));
}

QString OverviewPage::preferences() const
{
    return m_preferences->text();
}

QString OverviewPage::webPush() const
{
    return m_webPush->text();
}

QString OverviewPage::returned() const
{
    return m_returned->text();
}

} // namespace reveille
