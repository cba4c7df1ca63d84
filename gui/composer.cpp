// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/composer.h"

#include "gui/composerform.h"
#include "gui/explanationview.h"
#include "gui/pushlife.h"
#include "gui/savetriggerdialog.h"
#include "gui/selection.h"
#include "gui/targetfield.h"
#include "gui/theme.h"
#include "gui/triggersender.h"
#include "models/pushtarget.h"
#include "models/sentences.h"
#include "wire/utf8.h"

#include <QApplication>
#include <QClipboard>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

constexpr Milliseconds afterTyping{150};
constexpr Milliseconds whileDevicesChange{1000};

bool isSendKey(const QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    return enter && event->modifiers().testFlag(Qt::ControlModifier);
}

} // namespace

Composer::Composer(GuiContext &context, QWidget *parent)
    : QWidget(parent), m_context(context), m_form(new ComposerForm), m_explanation(new ExplanationView(context)),
      m_life(new PushLife(context)), m_beside(new QStackedWidget), m_notice(new QLabel(this)),
      m_send(new QPushButton(tr("&Send"), this)), m_copy(new QPushButton(tr("Cop&y"), this)),
      m_save(new QPushButton(tr("Save as tri&gger…"), this))
{
    setObjectName(u"composer"_s);
    setAccessibleName(tr("Push composer"));
    m_send->setToolTip(tr("Sends the push (Ctrl+Enter)"));
    m_send->setIcon(theme::icon(u"push"_s));
    m_copy->setToolTip(tr("The same push for a shell or another program"));
    auto *ways = new QMenu(m_copy);
    for (const auto &[text, how] : {std::pair(tr("As &reveillectl line"), PushText::Reveillectl), {tr("As &curl line"), PushText::Curl},
                                    {tr("As &HTTP request"), PushText::Http}})
        connect(ways->addAction(text), &QAction::triggered, this, [this, how = how] { copyAs(how); });
    m_copy->setMenu(ways);
    m_save->setToolTip(tr("Keep this push in the trigger library (Ctrl+S)"));
    m_save->setVisible(context.triggers);
    m_notice->setWordWrap(true);
    m_notice->hide();
    m_beside->addWidget(m_explanation);
    m_beside->addWidget(m_life);

    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(m_form);
    auto *splitter = new QSplitter(Qt::Horizontal, this);
    splitter->addWidget(scroll);
    splitter->addWidget(m_beside);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_send);
    buttons->addWidget(m_copy);
    buttons->addWidget(m_save);
    buttons->addWidget(m_notice, 1);
    buttons->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(splitter, 1);
    layout->addLayout(buttons);

    m_explainTimer.setSingleShot(true);
    m_explainTimer.setInterval(afterTyping);
    m_refreshTimer.setSingleShot(true);
    m_refreshTimer.setInterval(whileDevicesChange);
    connect(&m_explainTimer, &QTimer::timeout, this, &Composer::explain);
    connect(&m_refreshTimer, &QTimer::timeout, this, &Composer::explain);
    connect(m_form, &ComposerForm::changed, this, &Composer::explainSoon);
    connect(m_send, &QPushButton::clicked, this, &Composer::send);
    connect(m_save, &QPushButton::clicked, this, &Composer::saveTrigger);
    connect(m_life, &PushLife::composeWanted, this, [this] {
        m_beside->setCurrentWidget(m_explanation);
        focusBody();
        explainSoon();
    });
    connect(context.selection, &Selection::changed, this, &Composer::followSelection);
    connect(context.host, &ServerHost::changed, this, [this](const ServerChanges &changes) {
        const bool matters = !changes.devices.isEmpty() || !changes.removedDevices.isEmpty();
        if (matters && isVisible() && m_beside->currentWidget() == m_explanation && !m_refreshTimer.isActive())
            m_refreshTimer.start();
    });
    connect(context.host, &ServerHost::stateChanged, this, &Composer::explainSoon);

    for (QWidget *editor : findChildren<QWidget *>())
        editor->installEventFilter(this);
    followSelection();
    explainSoon();
}

QString Composer::notice() const
{
    return m_notice->text();
}

bool Composer::eventFilter(QObject *watched, QEvent *event)
{
    // Before any shortcut of the window, which may stand on the same keys.
    if (event->type() == QEvent::ShortcutOverride && isSendKey(dynamic_cast<QKeyEvent *>(event))) {
        event->accept();
        return true;
    }
    if (event->type() == QEvent::KeyPress && isSendKey(dynamic_cast<QKeyEvent *>(event))) {
        if (!dynamic_cast<QKeyEvent *>(event)->isAutoRepeat()) // a key that is held sends once
            send();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void Composer::setTarget(const PublicUserId &user, const DeviceId &device)
{
    m_form->setTarget(user, device);
    m_beside->setCurrentWidget(m_explanation);
}

void Composer::followSelection()
{
    const Selection &selection = *m_context.selection;
    const bool showsOwnPush = !selection.push().isEmpty() && selection.push() == m_life->pushId();
    if (showsOwnPush)
        return;
    if (!Variables::in(m_form->target()->text()).isEmpty())
        explainSoon(); // the selection is what its variable stands for
    else if (!selection.isEmpty())
        setTarget(selection.user(), selection.device());
}

void Composer::focusBody()
{
    m_form->focusBody();
}

void Composer::explainSoon()
{
    m_explainTimer.start();
}

void Composer::explain()
{
    const Result<PushRequest> request = m_form->request(false, values());
    const quint64 question = ++m_question;
    setNotice({});
    if (!request) {
        m_form->setTargetHint({});
        m_explanation->setNotice(request.error().is("variable-unfilled") ? Sentences::error(request.error()) : tr("Name a user, a device or a phone number to see who will get the push."));
        return;
    }
    showTargetName(request->to);
    if (m_context.host->state() != ServerHost::State::Running) {
        m_explanation->setNotice(tr("The server is not running. Start it to see who will get the push."));
        return;
    }
    m_context.host->explain(*request).then(this, [this, question](const Result<Explanation> &explanation) {
        if (question == m_question)
            showExplanation(explanation);
    });
}

void Composer::showExplanation(const Result<Explanation> &explanation)
{
    if (explanation) {
        m_explanation->setExplanation(*explanation);
        return;
    }
    const QString text = Sentences::error(explanation.error());
    m_explanation->setNotice(tr("Nobody gets it. %1").arg(text));
    m_form->showError(explanation.error());
}

void Composer::showTargetName(const PushTarget &target)
{
    if (!target.device.isEmpty()) {
        const bool known = m_context.subscribers->device(target.device).has_value();
        m_form->setTargetHint(known ? m_context.subscribers->deviceLabel(target.device) : QString());
    } else {
        const int devices = int(m_context.subscribers->devicesOf(target.user).size());
        m_form->setTargetHint(devices > 0 ? tr("%n device(s)", nullptr, devices) : QString());
    }
}

VariableValues Composer::values() const
{
    const Trigger *loaded = m_context.triggers ? m_context.triggers->model().trigger(m_loaded) : nullptr;
    return valuesOf(m_context, loaded ? loaded->sent : 0);
}

Result<PushRequest> Composer::request()
{
    return m_form->request(true, values());
}

void Composer::send()
{
    setNotice({});
    if (m_sending)
        return;
    askValues(m_form->trigger(), values(), false, this, [this](const VariableValues &values) { submit(values); },
              [this](const VariableValues &written) {
                  VariableValues defaults = m_form->trigger().defaults;
                  defaults.insert(written);
                  m_form->setDefaults(defaults);
              });
}

void Composer::submit(const VariableValues &values)
{
    const Result<PushRequest> request = m_form->request(true, values);
    if (!request || m_sending)
        return;
    m_explainTimer.stop();
    m_sending = true;
    m_send->setEnabled(false);
    m_life->expect();
    m_context.host->submit(*request).then(this, [this](const Result<PushId> &accepted) {
        m_sending = false;
        m_send->setEnabled(true);
        if (!accepted) {
            if (!m_form->showError(accepted.error()))
                setNotice(tr("The push was not accepted. %1").arg(Sentences::error(accepted.error())));
            return;
        }
        const Trigger *loaded = m_context.triggers ? m_context.triggers->model().trigger(m_loaded) : nullptr;
        if (loaded && loaded->body == m_form->trigger().body)
            m_context.triggers->model().countSent(m_loaded);
        m_life->setPush(*accepted);
        m_beside->setCurrentWidget(m_life);
        Q_EMIT sent(*accepted);
    });
}

void Composer::copyAs(PushText how)
{
    const Result<PushRequest> request = this->request();
    if (!request)
        return;
    QApplication::clipboard()->setText(pushAs(how, *request, staffAddress(*m_context.host)));
    setNotice(how == PushText::Reveillectl ? tr("Copied.") : tr("Copied. REVEILLE_TOKEN stands where the token belongs."));
}

void Composer::loadTrigger(quint64 id)
{
    const Trigger *trigger = m_context.triggers ? m_context.triggers->model().trigger(id) : nullptr;
    if (!trigger)
        return;
    m_loaded = id;
    m_form->setTrigger(*trigger);
    m_beside->setCurrentWidget(m_explanation);
    setNotice({});
}

void Composer::loadPush(const Push &push)
{
    const PushRequest &request = push.request;
    const std::optional<QString> text = readUtf8Strictly(request.body);
    const bool toSession = !request.to.session.isEmpty();
    Trigger trigger;
    QStringList told;
    if (request.devices.size() == 1) {
        trigger.to = request.devices.first().toString();
    } else if (toSession && push.deliveries.size() == 1) {
        trigger.to = push.deliveries.first().device.toString();
        told.append(tr("It was for one session; now it is for its device."));
    } else {
        trigger.to = toSession ? push.user.toString() : toText(request.to);
        if (toSession)
            told.append(tr("It was for one session; now it is for the whole user."));
        else if (!request.devices.isEmpty())
            told.append(tr("It was for chosen devices (%L1); now it is for the whole user.").arg(request.devices.size()));
    }
    QStringList left;
    if (!text)
        left.append(tr("the content, which is no text"));
    if (!request.contentEncoding.isEmpty())
        left.append(tr("the content encoding %1").arg(request.contentEncoding));
    if (request.notBefore.isSet())
        left.append(tr("the time before which it is held back"));
    if (!request.notifyTo.isEmpty())
        left.append(tr("whom to tell once it has ended"));
    if (!request.reference.isEmpty())
        left.append(tr("the reference %1").arg(request.reference));
    if (!left.isEmpty())
        told.append(tr("Left out: %1.").arg(left.join(u", "_s)));
    trigger.application = request.application;
    trigger.contentType = request.contentType;
    trigger.body = text.value_or(QString());
    trigger.ttl = request.ttl;
    trigger.priority = request.priority;
    trigger.when = request.when;
    trigger.choice = request.choice;
    trigger.confirm = request.confirm;
    trigger.sirMode = request.sirMode;
    m_loaded = 0;
    m_form->setTrigger(trigger);
    m_beside->setCurrentWidget(m_explanation);
    explainSoon();
    setNotice(told.join(u' '));
}

void Composer::saveTrigger()
{
    if (!m_context.triggers)
        return;
    auto *dialog = new SaveTriggerDialog(m_context.triggers->model(), m_form->trigger(), m_loaded, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        m_loaded = dialog->saved();
        setNotice(tr("Saved in the trigger library."));
        Q_EMIT triggerSaved(m_loaded);
    });
    dialog->open();
}

void Composer::setNotice(const QString &text)
{
    m_notice->setText(text);
    m_notice->setVisible(!text.isEmpty());
}

} // namespace reveille
