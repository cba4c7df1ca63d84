// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/wakemanydialog.h"

#include "gui/statemark.h"
#include "gui/theme.h"
#include "models/bearermodel.h"
#include "models/plaintip.h"
#include "models/roles.h"
#include "models/sentences.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace reveille {

namespace {

constexpr int mostNames = 200; ///< of devices under a group

/// Fates in the order of interest, with their tone.
constexpr std::pair<WakeMany::Fate, theme::Tone> fates[] = {
    {WakeMany::Fate::Failed, theme::Tone::Bad},      {WakeMany::Fate::NotStarted, theme::Tone::Bad},
    {WakeMany::Fate::UnderWay, theme::Tone::Busy},   {WakeMany::Fate::Back, theme::Tone::Good},
    {WakeMany::Fate::Cancelled, theme::Tone::Quiet}, {WakeMany::Fate::Can, theme::Tone::Neutral},
    {WakeMany::Fate::Cannot, theme::Tone::Bad},      {WakeMany::Fate::Reachable, theme::Tone::Quiet},
};

} // namespace

WakeManyDialog::WakeManyDialog(GuiContext &context, const QVector<DeviceId> &devices, QWidget *parent)
    : QDialog(parent), m_context(context), m_work(context, devices), m_bearer(new QComboBox), m_mode(new QComboBox),
      m_empty(new QCheckBox(tr("&Empty message, without a SIR"))),
      m_alsoReachable(new QCheckBox(tr("Also devices that are reachable &now"))), m_headline(new QLabel), m_note(new QLabel),
      m_progress(new QProgressBar), m_groups(new QTreeWidget), m_form(makeForm()), m_go(new QPushButton(tr("&Wake"))),
      m_stop(new QPushButton(tr("&Stop")))
{
    setObjectName(QStringLiteral("wakeManyDialog"));
    setWindowTitle(tr("Wake %n device(s)", nullptr, int(m_work.rows().size())));
    resize(680, 520);
    QFont large = m_headline->font();
    large.setPointSizeF(large.pointSizeF() * 1.15);
    m_headline->setFont(large);
    for (QLabel *label : {m_headline, m_note}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    }
    m_headline->setAccessibleName(tr("How it stands"));
    m_note->setForegroundRole(QPalette::PlaceholderText);
    m_note->setText(m_work.leftOut() ? tr("More than %L1 were chosen; the rest is left out.").arg(WakeMany::mostDevices)
                                     : tr("They are started %1 at a time, so that no carrier is flooded.").arg(WakeMany::perBatch));
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(theme::grid);
    m_progress->setAccessibleName(tr("Progress"));
    m_groups->setHeaderLabels({tr("Devices"), tr("How many")});
    m_groups->setAccessibleName(tr("What would become of each, or became"));
    m_groups->setAlternatingRowColors(true);
    m_groups->setUniformRowHeights(true);
    m_groups->setItemDelegate(new RowDelegate(m_groups));
    m_groups->header()->setStretchLastSection(false);
    m_groups->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_groups->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_groups->headerItem()->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);

    m_go->setIcon(theme::icon(QStringLiteral("wake")));
    m_go->setAutoDefault(false); // many are woken by a deliberate press only
    m_go->setToolTip(tr("Start the wake-ups (Ctrl+Enter)"));
    m_stop->setAutoDefault(false);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    buttons->addButton(m_go, QDialogButtonBox::ActionRole);
    buttons->addButton(m_stop, QDialogButtonBox::ActionRole);
    QPushButton *copy = buttons->addButton(tr("Cop&y"), QDialogButtonBox::ActionRole);
    copy->setAutoDefault(false);
    copy->setToolTip(tr("Copy how it stands as text"));
    buttons->button(QDialogButtonBox::Close)->setDefault(true);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(theme::grid);
    layout->addWidget(m_form);
    layout->addWidget(m_headline);
    layout->addWidget(m_progress);
    layout->addWidget(m_groups, 1);
    layout->addWidget(m_note);
    layout->addWidget(buttons);

    connect(&m_work, &WakeMany::changed, this, &WakeManyDialog::refresh);
    connect(m_go, &QPushButton::clicked, &m_work, &WakeMany::send);
    connect(m_stop, &QPushButton::clicked, this, [this] {
        m_work.phase() == WakeMany::Phase::Sending ? m_work.stop() : m_work.cancelStarted();
    });
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(summary()); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_bearer, &QComboBox::currentIndexChanged, this, &WakeManyDialog::look);
    connect(m_mode, &QComboBox::currentIndexChanged, this, &WakeManyDialog::look);
    connect(m_empty, &QCheckBox::toggled, this, &WakeManyDialog::look);
    connect(m_alsoReachable, &QCheckBox::toggled, this, &WakeManyDialog::look);
    look();
    refresh();
}

QWidget *WakeManyDialog::makeForm()
{
    m_bearer->addItem(tr("by policy"), QString());
    for (int row = 0; row < m_context.bearers->rowCount(); ++row) {
        const BearerFacts &facts = m_context.bearers->bearerAt(row)->facts;
        m_bearer->addItem(tr("%1 (%2)").arg(facts.name, Sentences::bearerType(facts.type)), facts.name);
    }
    m_mode->addItem(tr("by policy"), -1);
    for (const SirMode mode : {SirMode::Routed, SirMode::Broadcast, SirMode::BroadcastIdentified})
        m_mode->addItem(Sentences::sirMode(mode), int(mode));
    auto *form = new QWidget;
    auto *layout = new QFormLayout(form);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addRow(tr("&Bearer"), m_bearer);
    layout->addRow(tr("&Mode"), m_mode);
    layout->addRow(m_empty);
    layout->addRow(m_alsoReachable);
    return form;
}

void WakeManyDialog::look()
{
    WakeOrder order;
    order.bearer = m_bearer->currentData().toString();
    if (const int mode = m_mode->currentData().toInt(); mode >= 0)
        order.mode = SirMode(mode);
    order.empty = m_empty->isChecked();
    m_mode->setEnabled(!order.empty);
    m_work.look(order, m_alsoReachable->isChecked());
}

QString WakeManyDialog::headline() const
{
    return m_headline->text();
}

void WakeManyDialog::refresh()
{
    showHeadline();
    showGroups();
    showButtons();
}

void WakeManyDialog::showHeadline()
{
    using Fate = WakeMany::Fate;
    const int all = int(m_work.rows().size());
    const int can = m_work.toWake();
    QString text;
    switch (m_work.phase()) {
    case WakeMany::Phase::Looking:
        text = tr("Looking at how each can be woken: %L1 of %L2…").arg(m_work.looked()).arg(all);
        break;
    case WakeMany::Phase::Ready:
        text = can == 0 ? tr("None of them would be woken; the table says why.")
                        : tr("%L1 of %n device(s) would be woken.", nullptr, all).arg(can);
        break;
    case WakeMany::Phase::Sending:
        text = tr("%L1 started, %L2 to go. %L3 came back so far.").arg(m_work.started()).arg(can).arg(m_work.count(Fate::Back));
        break;
    case WakeMany::Phase::Stopped:
    case WakeMany::Phase::Sent: {
        const int failed = m_work.count(Fate::Failed) + m_work.count(Fate::NotStarted);
        text = m_work.phase() == WakeMany::Phase::Stopped ? tr("Stopped after %L1; %L2 were left alone.").arg(m_work.started()).arg(can) + u' '
                                                          : QString();
        text += tr("%L1 of %n device(s) came back, %L2 under way, %L3 did not come.", nullptr, m_work.started())
                    .arg(m_work.count(Fate::Back))
                    .arg(m_work.count(Fate::UnderWay))
                    .arg(failed);
        break;
    }
    }
    m_headline->setText(text);
    const bool looking = m_work.phase() == WakeMany::Phase::Looking;
    const int started = m_work.started();
    m_progress->setVisible(m_work.phase() != WakeMany::Phase::Ready);
    m_progress->setRange(0, std::max(1, looking ? all : started + can));
    m_progress->setValue(looking ? m_work.looked() : started - m_work.count(Fate::UnderWay));
}

void WakeManyDialog::showGroups()
{
    const auto nameOf = [this](WakeMany::Fate fate, const WakeMany::Row &row) {
        switch (fate) {
        case WakeMany::Fate::Can: return tr("Over %1").arg(row.bearer);
        case WakeMany::Fate::Cannot: return tr("Cannot be woken: %1").arg(row.why);
        case WakeMany::Fate::Reachable: return tr("Reachable now, left alone");
        case WakeMany::Fate::UnderWay: return tr("Under way over %1").arg(row.bearer);
        case WakeMany::Fate::Back: return tr("Came back, over %1").arg(row.bearer);
        case WakeMany::Fate::Failed: return tr("Did not come: %1").arg(row.why);
        case WakeMany::Fate::NotStarted: return tr("Not started: %1").arg(row.why);
        case WakeMany::Fate::Cancelled: return tr("Cancelled");
        case WakeMany::Fate::Unknown: break;
        }
        return QString();
    };
    QMap<std::pair<int, QString>, QVector<DeviceId>> groups;
    for (const WakeMany::Row &row : m_work.rows()) {
        for (int place = 0; place < int(std::size(fates)); ++place) {
            if (fates[place].first == row.fate)
                groups[{place, nameOf(row.fate, row)}].append(row.device);
        }
    }
    // Rows are changed in place, so that what is opened stays open.
    while (m_groups->topLevelItemCount() > groups.size())
        delete m_groups->takeTopLevelItem(m_groups->topLevelItemCount() - 1);
    int number = 0;
    for (auto group = groups.cbegin(); group != groups.cend(); ++group, ++number) {
        QTreeWidgetItem *item = m_groups->topLevelItem(number);
        if (!item)
            item = new QTreeWidgetItem(m_groups);
        item->setText(0, group.key().second);
        item->setToolTip(0, plainTip(group.key().second));
        item->setText(1, QLocale().toString(group.value().size()));
        item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
        const theme::Tone tone = fates[group.key().first].second;
        item->setForeground(0, tone == theme::Tone::Neutral ? palette().color(QPalette::Text) : theme::toneColor(tone, palette()));
        const int shown = int(std::min<qsizetype>(group.value().size(), mostNames));
        const bool cut = group.value().size() > shown;
        while (item->childCount() > shown + int(cut))
            delete item->takeChild(item->childCount() - 1);
        while (item->childCount() < shown + int(cut))
            new QTreeWidgetItem(item);
        for (int i = 0; i < shown; ++i) {
            item->child(i)->setText(0, m_context.subscribers->deviceLabel(group.value()[i]));
            item->child(i)->setToolTip(0, plainTip(group.value()[i].toString()));
        }
        if (cut)
            item->child(shown)->setText(0, tr("and %L1 more").arg(group.value().size() - shown));
    }
}

void WakeManyDialog::showButtons()
{
    using Phase = WakeMany::Phase;
    const Phase phase = m_work.phase();
    const int underWay = m_work.count(WakeMany::Fate::UnderWay);
    const bool asks = phase == Phase::Looking || phase == Phase::Ready;
    m_form->setEnabled(asks);
    m_go->setVisible(asks);
    m_go->setEnabled(phase == Phase::Ready && m_work.toWake() > 0);
    m_go->setText(m_work.toWake() == 0 ? tr("&Wake") : tr("&Wake %n device(s)", nullptr, m_work.toWake()));
    m_go->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return)); // a new text takes the key away
    m_stop->setVisible(!asks);
    m_stop->setEnabled(phase == Phase::Sending || underWay > 0);
    m_stop->setText(phase == Phase::Sending ? tr("&Stop") : tr("Ca&ncel %n under way", nullptr, underWay));
}

QString WakeManyDialog::summary() const
{
    QStringList lines{headline()};
    for (int i = 0; i < m_groups->topLevelItemCount(); ++i) {
        const QTreeWidgetItem *group = m_groups->topLevelItem(i);
        lines.append(group->text(0) + u'\t' + group->text(1));
    }
    return lines.join(u'\n') + u'\n';
}

} // namespace reveille
