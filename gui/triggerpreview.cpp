// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/triggerpreview.h"

#include "gui/selection.h"
#include "gui/theme.h"
#include "gui/triggersender.h"
#include "models/sentences.h"

#include <QLabel>
#include <QPlainTextEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

constexpr Milliseconds afterChange{150};
constexpr Milliseconds whileDevicesChange{1000};

} // namespace

TriggerPreview::TriggerPreview(GuiContext &context, QWidget *parent)
    : QWidget(parent), m_context(context), m_facts(new QLabel), m_who(new QLabel), m_text(new QPlainTextEdit), m_result(new QLabel)
{
    for (QLabel *label : {m_facts, m_who, m_result}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextBrowserInteraction | Qt::TextSelectableByKeyboard);
    }
    m_facts->setTextFormat(Qt::PlainText);
    m_who->setTextFormat(Qt::PlainText);
    m_facts->setAccessibleName(tr("To whom and how"));
    m_who->setAccessibleName(tr("Who would get it"));
    m_who->setForegroundRole(QPalette::PlaceholderText);
    m_result->setAccessibleName(tr("How the last one fares"));
    m_result->hide();
    m_text->setReadOnly(true);
    m_text->setTabChangesFocus(true);
    m_text->setAccessibleName(tr("Text as it would be sent"));
    m_text->setMinimumHeight(2 * m_text->fontMetrics().lineSpacing());
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme::grid);
    layout->addWidget(m_facts);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_who);
    layout->addWidget(m_result);

    m_soon.setSingleShot(true);
    m_soon.setInterval(afterChange);
    m_later.setSingleShot(true);
    m_later.setInterval(whileDevicesChange);
    connect(&m_soon, &QTimer::timeout, this, &TriggerPreview::refresh);
    connect(&m_later, &QTimer::timeout, this, &TriggerPreview::explain);
    connect(context.selection, &Selection::changed, &m_soon, qOverload<>(&QTimer::start));
    connect(context.host, &ServerHost::stateChanged, &m_soon, qOverload<>(&QTimer::start));
    connect(&context.triggers->model(), &QAbstractItemModel::dataChanged, &m_soon, qOverload<>(&QTimer::start));
    connect(context.host, &ServerHost::changed, this, [this](const ServerChanges &changes) {
        for (const Push &push : changes.pushes) {
            if (!m_push.isEmpty() && push.id == m_push)
                showResult(push);
        }
        if (!changes.devices.isEmpty() && isVisible() && !m_later.isActive())
            m_later.start();
    });
    connect(m_result, &QLabel::linkActivated, this, [this] { Q_EMIT pushWanted(m_push); });
    refresh();
}

QString TriggerPreview::facts() const
{
    return m_facts->text();
}

QString TriggerPreview::text() const
{
    return m_text->toPlainText();
}

QString TriggerPreview::whoGetsIt() const
{
    return m_who->text();
}

QString TriggerPreview::result() const
{
    return m_result->text();
}

void TriggerPreview::show(quint64 trigger)
{
    m_trigger = trigger;
    refresh();
}

void TriggerPreview::refresh()
{
    m_soon.stop();
    ++m_question;
    m_request.reset();
    const Trigger *trigger = m_context.triggers->model().trigger(m_trigger);
    m_text->setVisible(trigger);
    m_who->clear();
    if (!trigger) {
        m_facts->setText(tr("Choose a trigger to see what it would send now. Ctrl+Enter sends it."));
        return;
    }
    const VariableValues values = valuesOf(m_context, trigger->sent);
    const VariableValues all = trigger->valuesWith(values);
    const Result<PushRequest> request = trigger->request(values);
    QString to = Variables::filled(trigger->to, all);
    if (request && m_context.subscribers->device(request->to.device))
        to = m_context.subscribers->deviceLabel(request->to.device);
    QStringList facts{tr("To %1").arg(to.isEmpty() ? u"–"_s : to), Sentences::when(trigger->when), trigger->contentType};
    if (trigger->ttl.count() > 0)
        facts.append(tr("valid for %1").arg(TimeDisplay::exact(trigger->ttl)));
    m_facts->setText(facts.join(u" · "_s));
    const QString text = Variables::filled(trigger->body, all);
    if (m_text->toPlainText() != text)
        m_text->setPlainText(text);
    const QStringList unfilled = trigger->unfilled(values);
    if (!unfilled.isEmpty()) {
        m_who->setText(tr("Asks for %1 when it is sent.").arg(unfilled.join(u", "_s)));
        return;
    }
    if (!request)
        m_who->setText(Sentences::error(request.error()));
    else
        m_request = *request;
    explain();
}

void TriggerPreview::explain()
{
    if (!m_request)
        return;
    if (m_context.host->state() != ServerHost::State::Running)
        return m_who->setText(tr("The server is not running."));
    m_context.host->explain(*m_request).then(this, [this, question = m_question](const Result<Explanation> &explanation) {
        if (question != m_question)
            return;
        if (!explanation)
            return m_who->setText(tr("Nobody gets it. %1").arg(Sentences::error(explanation.error())));
        QStringList chosen;
        for (const DeviceExplanation &device : explanation->devices) {
            if (device.chosen)
                chosen.append(tr("%1 (%2)").arg(m_context.subscribers->deviceLabel(device.device), Sentences::deliveryPath(device.path)));
        }
        m_who->setText(chosen.isEmpty() ? tr("Nobody would get it now.") : tr("Gets it: %1").arg(chosen.join(u", "_s)));
    });
}

void TriggerPreview::follow(const QString &name, const PushId &push)
{
    m_name = name;
    m_push = push;
    const Push *known = m_context.pushes->push(push);
    if (known)
        showResult(*known);
    else
        setNotice(tr("%1: accepted as %2.").arg(name, push.text()));
}

void TriggerPreview::showResult(const Push &push)
{
    const Timestamp at = push.finishedAt.isSet() ? push.finishedAt : push.acceptedAt;
    const QColor color = theme::toneColor(theme::toneOf(push.state), palette());
    m_result->setText(u"<b style='color:%1'>%2</b> · %3 · %4 · <a href='push'>%5</a>"_s.arg(
        color.name(), Sentences::pushState(push.state).toHtmlEscaped(), m_name.toHtmlEscaped(), m_context.times.clock(at),
        tr("Show the push")));
    m_result->show();
}

void TriggerPreview::setNotice(const QString &text)
{
    m_result->setText(text.toHtmlEscaped());
    m_result->setVisible(!text.isEmpty());
}

} // namespace reveille
