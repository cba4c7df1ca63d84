// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/composer.h"

#include "gui/composerform.h"
#include "gui/copyline.h"
#include "gui/explanationview.h"
#include "gui/pushlife.h"
#include "gui/selection.h"
#include "gui/theme.h"
#include "models/sentences.h"

#include <QApplication>
#include <QClipboard>
#include <QKeyEvent>
#include <QLabel>
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
      m_send(new QPushButton(tr("&Send"), this)), m_copy(new QPushButton(tr("Cop&y as reveillectl line"), this))
{
    setObjectName(u"composer"_s);
    setAccessibleName(tr("Push composer"));
    m_send->setToolTip(tr("Sends the push (Ctrl+Enter)"));
    m_send->setIcon(theme::icon(u"push"_s));
    m_copy->setToolTip(tr("The same push as a command for a shell"));
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
    connect(m_copy, &QPushButton::clicked, this, &Composer::copyLine);
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
    if (!selection.isEmpty() && !showsOwnPush)
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
    const Result<PushRequest> request = m_form->request(false);
    const quint64 question = ++m_question;
    setNotice({});
    if (!request) {
        m_form->setTargetHint({});
        m_explanation->setNotice(tr("Name a user, a device or a phone number to see who will get the push."));
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

void Composer::send()
{
    const Result<PushRequest> request = m_form->request(true);
    setNotice({});
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
        m_life->setPush(*accepted);
        m_beside->setCurrentWidget(m_life);
        Q_EMIT sent(*accepted);
    });
}

void Composer::copyLine()
{
    const Result<PushRequest> request = m_form->request(true);
    if (!request)
        return;
    QApplication::clipboard()->setText(reveillectlLine(*request));
    setNotice(tr("Copied."));
}

void Composer::setNotice(const QString &text)
{
    m_notice->setText(text);
    m_notice->setVisible(!text.isEmpty());
}

} // namespace reveille
