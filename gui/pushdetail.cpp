// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/pushdetail.h"

#include "gui/deliverytree.h"
#include "gui/explanationview.h"
#include "gui/fieldview.h"
#include "gui/theme.h"
#include "models/plaintip.h"
#include "models/sentences.h"

#include <QAction>
#include <QDateTime>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QTabWidget>
#include <QToolButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace reveille {

PushDetail::PushDetail(GuiContext &context, const PushHistoryModel &model, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_model(model)
    , m_title(new QLabel)
    , m_sentence(new QLabel)
    , m_tabs(new QTabWidget)
    , m_deliveries(new DeliveryTree(context, DeliveryTree::Steps::Hidden))
    , m_explanation(new ExplanationView(context))
    , m_facts(new QTreeWidget)
    , m_contentPage(new QWidget)
    , m_contentNote(new QLabel)
    , m_content(new FieldView)
    , m_buttons(new QWidget)
{
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    for (QLabel *label : {m_title, m_sentence, m_contentNote}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    }
    m_sentence->setAccessibleName(tr("How the push stands"));
    m_deliveries->setFrameShape(QFrame::NoFrame);
    m_deliveries->setContextMenuPolicy(Qt::CustomContextMenu);
    m_facts->setFrameShape(QFrame::NoFrame);
    m_facts->setAccessibleName(tr("What was asked for"));
    m_facts->setColumnCount(2);
    m_facts->setHeaderHidden(true);
    m_facts->setRootIsDecorated(false);
    m_facts->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);

    auto *content = new QVBoxLayout(m_contentPage);
    content->setContentsMargins(0, 0, 0, 0);
    content->addWidget(m_contentNote);
    content->addWidget(m_content, 1);
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_deliveries, tr("De&liveries"));
    m_tabs->addTab(m_explanation, tr("Wh&y"));
    m_tabs->addTab(m_facts, tr("As&ked for"));
    m_tabs->addTab(m_contentPage, tr("C&ontent"));
    auto *buttons = new QHBoxLayout(m_buttons);
    buttons->setContentsMargins(0, 0, 0, 0);
    buttons->setSpacing(theme::grid / 2);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::grid, 0, 0, 0);
    layout->setSpacing(theme::grid / 2);
    layout->addWidget(m_title);
    layout->addWidget(m_sentence);
    layout->addWidget(m_tabs, 1);
    layout->addWidget(m_buttons);

    connect(context.host, &ServerHost::stateChanged, m_buttons,
            [this](ServerHost::State state) { m_buttons->setEnabled(state == ServerHost::State::Running); });
    connect(m_tabs, &QTabWidget::currentChanged, this, &PushDetail::readContent);
    connect(m_deliveries, &QTreeWidget::itemActivated, this, [this] { Q_EMIT deviceWanted(m_item.push.user, m_deliveries->chosenDevice()); });
    connect(m_deliveries, &QWidget::customContextMenuRequested, this, &PushDetail::openDeliveryMenu);
}

void PushDetail::setActions(const QList<QAction *> &actions)
{
    for (QAction *action : actions) {
        auto *button = new QToolButton;
        button->setText(action->iconText());
        button->setToolTip(action->toolTip());
        connect(button, &QToolButton::clicked, this, [this, action] { Q_EMIT actionWanted(action); });
        m_buttons->layout()->addWidget(button);
    }
    static_cast<QHBoxLayout *>(m_buttons->layout())->addStretch();
}

QString PushDetail::sentence() const
{
    return m_sentence->text();
}

void PushDetail::clear()
{
    m_id = {};
    m_item = {};
    m_contentOf = {};
    m_deliveries->clear();
}

void PushDetail::show(const ListedPush &item)
{
    const bool isOther = item.push.id != m_id;
    if (!isOther && item == m_item)
        return showSentence(); // what is left of its time
    m_id = item.push.id;
    m_item = item;
    if (isOther)
        m_deliveries->clear();
    m_deliveries->showDeliveries(item.push);
    showSentence();
    showFacts();
    explain();
    readContent();
}

void PushDetail::showSentence()
{
    const Push &push = m_item.push;
    const Timestamp now{QDateTime::currentMSecsSinceEpoch()};
    const auto have = std::count_if(push.deliveries.begin(), push.deliveries.end(),
                                    [](const Delivery &delivery) { return groupOf(delivery.state) == PushGroup::Delivered; });
    QStringList parts{tr("%1.").arg(Sentences::pushState(push.state))};
    if (!push.deliveries.isEmpty())
        parts.append(tr("%L1 of %Ln device(s) have it.", nullptr, int(push.deliveries.size())).arg(have));
    else if (isTerminal(push.state))
        parts.append(tr("There was no device to get it."));
    const auto why = std::find_if(push.deliveries.begin(), push.deliveries.end(), [&](const Delivery &delivery) {
        return !delivery.reason.isEmpty() && groupOf(delivery.state) != PushGroup::Delivered;
    });
    if (why != push.deliveries.end())
        parts.append(tr("%1: %2.").arg(m_context.subscribers->deviceLabel(why->device), Sentences::outcome(why->reason)));
    if (isTerminal(push.state) && push.finishedAt.isSet())
        parts.append(tr("It ended after %1.").arg(TimeDisplay::duration(push.finishedAt - push.acceptedAt)));
    else if (!isTerminal(push.state) && push.expiresAt.isSet())
        parts.append(tr("It may wait %1 longer.").arg(TimeDisplay::duration(push.expiresAt - now)));
    const QString text = parts.join(u' ');
    if (m_sentence->text() != text) {
        m_sentence->setText(text);
        QPalette colors = palette();
        colors.setColor(QPalette::WindowText, theme::toneColor(theme::toneOf(push.state), colors));
        m_sentence->setPalette(colors);
    }
    const QString title = tr("%1 for %2").arg(push.id.text(), m_model.target(push));
    if (m_title->text() != title)
        m_title->setText(title);
}

void PushDetail::showFacts()
{
    const Push &push = m_item.push;
    const PushRequest &request = push.request;
    const auto clock = [this](Timestamp time) { return m_context.times.dateTime(time); };
    const QVector<std::pair<QString, QString>> facts{
        {tr("Id"), push.id.text()},
        {tr("Initiator"), m_model.initiatorName(request.initiator)},
        {tr("Its name for it"), request.reference},
        {tr("For"), m_model.target(push)},
        {tr("Which devices"), Sentences::choice(request.choice)},
        {tr("Application"), request.application},
        {tr("Content type"), request.contentType},
        {tr("Content encoding"), request.contentEncoding},
        {tr("Size"), tr("%Ln octet(s)", nullptr, int(m_item.octets))},
        {tr("Priority"), Sentences::priority(request.priority)},
        {tr("When"), Sentences::when(request.when)},
        {tr("SIR mode"), request.sirMode ? Sentences::sirMode(*request.sirMode) : QString()},
        {tr("Accepted"), clock(push.acceptedAt)},
        {tr("Held back until"), clock(request.notBefore)},
        {tr("May wait"), request.ttl.count() == 0 ? tr("not at all: now or never") : TimeDisplay::exact(request.ttl)},
        {tr("Valid until"), clock(push.expiresAt)},
        {tr("Ended"), clock(push.finishedAt)},
        {tr("Its end is told to"), request.notifyTo}};
    QVector<std::pair<QString, QString>> rows;
    std::copy_if(facts.begin(), facts.end(), std::back_inserter(rows), [](const auto &fact) { return !fact.second.isEmpty(); });
    while (m_facts->topLevelItemCount() > rows.size())
        delete m_facts->takeTopLevelItem(m_facts->topLevelItemCount() - 1);
    for (qsizetype i = 0; i < rows.size(); ++i) {
        QTreeWidgetItem *item = i < m_facts->topLevelItemCount() ? m_facts->topLevelItem(int(i)) : new QTreeWidgetItem(m_facts);
        item->setText(0, rows[i].first);
        item->setText(1, rows[i].second);
        item->setToolTip(1, plainTip(rows[i].second));
    }
}

void PushDetail::explain()
{
    m_context.host->explanation(m_id).then(this, [this, id = m_id](const Result<Explanation> &explanation) {
        if (id != m_id)
            return;
        if (!explanation)
            m_explanation->setNotice(Sentences::error(explanation.error()));
        else if (explanation->devices.isEmpty() && !explanation->complete)
            m_explanation->setNotice(tr("Why each device was chosen is no longer kept. What happened to the push stands in the journal."));
        else
            m_explanation->setExplanation(*explanation);
    });
}

/// Only once somebody looks: the list holds no bodies.
void PushDetail::readContent()
{
    if (m_tabs->currentWidget() != m_contentPage || m_id.isEmpty() || m_contentOf == m_id)
        return;
    m_contentOf = m_id;
    m_context.host->push(m_id).then(this, [this, id = m_id](const Result<Push> &push) {
        if (id != m_id)
            return;
        m_content->setMessage({}, push ? push->request.body : QByteArray());
        m_content->setVisible(push && !push->request.body.isEmpty());
        m_contentNote->setText(push ? push->request.body.isEmpty() ? tr("It has no content.") : QString() : Sentences::error(push.error()));
        m_contentNote->setVisible(!m_contentNote->text().isEmpty());
        if (!push)
            m_contentOf = {};
    });
}

void PushDetail::openDeliveryMenu(const QPoint &at)
{
    const DeviceId device = m_deliveries->chosenDevice();
    const WakeId wake = m_deliveries->chosenWake();
    QMenu menu(this);
    QAction *showDevice = menu.addAction(tr("Show the &device"));
    showDevice->setEnabled(!device.isEmpty());
    connect(showDevice, &QAction::triggered, this, [this, device] { Q_EMIT deviceWanted(m_item.push.user, device); });
    QAction *showWake = menu.addAction(tr("Show its &wake-up"));
    showWake->setEnabled(!wake.isEmpty());
    connect(showWake, &QAction::triggered, this, [this, device, wake] { Q_EMIT wakeWanted(m_item.push.user, device, wake); });
    menu.exec(m_deliveries->viewport()->mapToGlobal(at));
}

} // namespace reveille
