// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/scenario/scenariopanel.h"

#include "gui/confirmation.h"
#include "gui/emptystate.h"
#include "gui/scenario/scenariosentences.h"
#include "gui/scenario/scenariospotlight.h"
#include "gui/scenario/scenariosteplist.h"
#include "gui/theme.h"
#include "models/plaintip.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>

namespace reveille {

using namespace Qt::StringLiterals;
using State = ScenarioPlayer::State;

namespace {

constexpr qsizetype longestAbout = 2000, longestTitle = 120; ///< characters

} // namespace

ScenarioPanel::ScenarioPanel(GuiContext &context, ScenarioTools tools, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_tools(tools)
    , m_chooser(new QComboBox)
    , m_open(new QPushButton(tr("&Open…")))
    , m_notice(new QLabel)
    , m_copyLine(new QPushButton(tr("Copy the reveillectl line")))
    , m_play(new QPushButton)
    , m_stop(new QPushButton(tr("S&top")))
    , m_reset(new QPushButton(tr("&Reset")))
    , m_hold(new QCheckBox(tr("Pause &between steps")))
    , m_more(new QToolButton)
    , m_progress(new QProgressBar)
    , m_status(new QLabel)
    , m_steps(new ScenarioStepList)
    , m_empty(new EmptyState)
{
    build();
    ScenarioShelf &shelf = m_tools.shelf;
    ScenarioPlayer &player = m_tools.player;
    connect(m_chooser, &QComboBox::activated, this, [this] { m_tools.shelf.choose(m_chooser->currentData().toInt()); });
    connect(m_open, &QPushButton::clicked, this, &ScenarioPanel::askForFile);
    connect(m_copyLine, &QPushButton::clicked, this, &ScenarioPanel::copyLine);
    connect(m_play, &QPushButton::clicked, this, &ScenarioPanel::play);
    connect(m_stop, &QPushButton::clicked, this, &ScenarioPanel::stop);
    connect(m_reset, &QPushButton::clicked, this, &ScenarioPanel::reset);
    connect(m_hold, &QCheckBox::clicked, this, &ScenarioPanel::setHolding);
    connect(&shelf, &ScenarioShelf::listChanged, this, &ScenarioPanel::fillChooser);
    connect(&shelf, &ScenarioShelf::chosenChanged, this, [this] {
        m_failure.clear();
        showChosen();
    });
    connect(&shelf, &ScenarioShelf::reread, this, [this] {
        m_failure.clear();
        fillChooser();
    });
    connect(&player, &ScenarioPlayer::stateChanged, this, &ScenarioPanel::showState);
    connect(&player, &ScenarioPlayer::reportReplaced, this, &ScenarioPanel::showSteps);
    connect(&player, &ScenarioPlayer::stepChanged, this, [this](int step) {
        if (showsPlayed())
            m_steps->showStep(step, m_tools.player.report().steps.value(step));
        m_steps->follow(m_tools.player.current());
        showState();
    });
    connect(&player, &ScenarioPlayer::stepStarted, this, &ScenarioPanel::light);
    connect(m_steps, &ScenarioStepList::deviceWanted, this, &ScenarioPanel::light);
    connect(m_steps, &ScenarioStepList::journalWanted, this, &ScenarioPanel::wantJournal);
    connect(m_steps, &ScenarioStepList::reportWanted, this, [this] { askForReport(false); });
    connect(context.host, &ServerHost::stateChanged, this, &ScenarioPanel::showState);
    showState();
}

void ScenarioPanel::build()
{
    setObjectName(u"scenarioPanel"_s);
    setAccessibleName(tr("Scenarios"));
    m_chooser->setAccessibleName(tr("Scenario"));
    m_chooser->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_chooser->setMinimumContentsLength(12);
    m_open->setToolTip(tr("Plays a scenario file of your own"));
    m_notice->setWordWrap(true);
    m_notice->setTextFormat(Qt::PlainText);
    m_notice->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_notice->setAccessibleName(tr("What is wrong"));
    m_play->setIcon(theme::icon(u"play"_s));
    m_stop->setIcon(theme::icon(u"stop"_s));
    m_stop->setToolTip(tr("Stops where it is; what was made stays, to be looked at"));
    m_reset->setToolTip(tr("Back to the start: puts away what was made, and brings back what the server served before"));
    m_hold->setToolTip(tr("Each step waits until you press Next step, so that you can talk about it"));
    m_more->setText(tr("More"));
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->setMenu(makeMenu());
    m_progress->setTextVisible(true);
    m_progress->setFormat(tr("%v of %m steps"));
    m_progress->setAccessibleName(tr("Progress"));
    m_status->setWordWrap(true);
    m_status->setTextFormat(Qt::PlainText);
    m_status->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_status->setAccessibleName(tr("How it stands"));
    m_empty->setTexts(tr("No steps to show"), tr("A scenario is a text file of steps and what is expected of each. Choose one that "
                                                 "comes with the program, or open your own."));

    auto *choice = new QHBoxLayout;
    choice->addWidget(m_chooser, 1);
    choice->addWidget(m_open);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_play);
    buttons->addWidget(m_stop);
    buttons->addWidget(m_reset);
    buttons->addStretch();
    auto *options = new QHBoxLayout;
    options->addWidget(m_hold);
    options->addStretch();
    options->addWidget(m_more);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(choice);
    layout->addWidget(m_notice);
    layout->addWidget(m_copyLine, 0, Qt::AlignLeft);
    layout->addLayout(buttons);
    layout->addLayout(options);
    layout->addWidget(m_progress);
    layout->addWidget(m_status);
    layout->addWidget(m_steps, 1);
    layout->addWidget(m_empty, 1);
    setMinimumWidth(fontMetrics().averageCharWidth() * 46);
}

void ScenarioPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (!m_filled)
        fillChooser(); // not before: it reads the files
}

QSize ScenarioPanel::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 66, QWidget::sizeHint().height()};
}

QString ScenarioPanel::titleOf(int index) const
{
    const ScenarioShelf &shelf = m_tools.shelf;
    const auto &scenario = shelf.scenario(index);
    const QString title = scenario ? scenario->title.in(ScenarioSentences::language()).left(longestTitle) : QString();
    if (shelf.isShipped(index))
        return title.isEmpty() ? shelf.argument(index) : title;
    return title.isEmpty() ? shelf.fileName(index) : tr("%1 (%2)").arg(title, shelf.fileName(index));
}

void ScenarioPanel::fillChooser()
{
    m_filled = true;
    m_chooser->clear();
    for (int index = 0; index < m_tools.shelf.count(); ++index) {
        if (index > 0 && m_tools.shelf.isShipped(index - 1) && !m_tools.shelf.isShipped(index))
            m_chooser->insertSeparator(m_chooser->count());
        m_chooser->addItem(titleOf(index), index);
        m_chooser->setItemData(m_chooser->count() - 1, plainTip(m_tools.shelf.path(index)), Qt::ToolTipRole);
    }
    showChosen();
}

void ScenarioPanel::fillMenu(QMenu *menu)
{
    for (int index = 0; index < m_tools.shelf.count(); ++index) {
        QAction *action = menu->addAction(titleOf(index).replace(u'&', u"&&"_s));
        action->setCheckable(true);
        action->setChecked(index == m_tools.shelf.chosen());
        action->setEnabled(!m_tools.player.isBusy());
        connect(action, &QAction::triggered, this, [this, index] { m_tools.shelf.choose(index); });
    }
}

const Scenario *ScenarioPanel::chosenScenario() const
{
    const int chosen = m_tools.shelf.chosen();
    if (chosen < 0)
        return nullptr;
    const auto &scenario = m_tools.shelf.scenario(chosen);
    return scenario ? &*scenario : nullptr;
}

bool ScenarioPanel::showsPlayed() const
{
    const int chosen = m_tools.shelf.chosen();
    return m_tools.player.state() != State::Idle && chosen >= 0 && m_tools.shelf.path(chosen) == m_tools.player.path();
}

void ScenarioPanel::showChosen()
{
    if (!m_filled)
        return fillChooser();
    m_chooser->setCurrentIndex(m_chooser->findData(m_tools.shelf.chosen()));
    showSteps();
    showState();
}

void ScenarioPanel::showSteps()
{
    const bool played = showsPlayed();
    const Scenario *scenario = played ? &m_tools.player.scenario() : chosenScenario();
    m_steps->setVisible(scenario != nullptr);
    m_empty->setVisible(scenario == nullptr);
    if (!scenario)
        return m_steps->clear();
    m_steps->setTimes(m_context.times);
    const QString about = scenario->about.in(ScenarioSentences::language()).left(longestAbout);
    const QString needs = ScenarioSentences::needs(*scenario);
    m_steps->showScenario(*scenario, played ? m_tools.player.report() : ScenarioReport::ahead(*scenario),
                          about.isEmpty() ? needs : about.trimmed() + u"\n\n"_s + needs);
    if (played)
        m_steps->follow(m_tools.player.report().endedAt() >= 0 ? m_tools.player.report().endedAt() : m_tools.player.current());
}

void ScenarioPanel::showNotice(const QString &text, bool offersLine)
{
    QPalette palette = this->palette();
    palette.setColor(QPalette::WindowText, theme::toneColor(theme::Tone::Bad, palette));
    m_notice->setPalette(palette);
    m_notice->setText(text);
    m_notice->setVisible(!text.isEmpty());
    m_copyLine->setVisible(offersLine);
}

void ScenarioPanel::showState()
{
    const ScenarioPlayer &player = m_tools.player;
    const int chosen = m_tools.shelf.chosen();
    QString notice = m_failure;
    bool offersLine = false;
    if (notice.isEmpty() && chosen >= 0 && m_filled && !m_tools.player.isBusy()) {
        if (const auto &scenario = m_tools.shelf.scenario(chosen); !scenario)
            notice = tr("%1 cannot be played. %2").arg(m_tools.shelf.fileName(chosen), ScenarioSentences::fault(scenario.error()));
        else if (notice = ScenarioSentences::whyNotHere(*scenario); !notice.isEmpty())
            offersLine = true;
    }
    showNotice(notice, offersLine);

    const bool held = isHeld();
    m_play->setText(held ? tr("&Next step") : tr("&Play"));
    m_play->setToolTip(held ? tr("Goes on with the next step (F8)") : tr("Plays it from its start (F5)"));
    m_play->setEnabled(held || canPlay());
    m_stop->setEnabled(player.isBusy() && player.state() != State::Clearing);
    m_reset->setEnabled(player.state() != State::Idle && player.state() != State::Clearing);
    m_chooser->setEnabled(!player.isBusy());
    m_open->setEnabled(!player.isBusy());
    m_hold->setChecked(player.isHolding());

    const QVector<ScenarioStepReport> steps = showsPlayed() ? player.report().steps : QVector<ScenarioStepReport>();
    const Scenario *scenario = chosenScenario();
    m_progress->setRange(0, std::max(1, int(steps.isEmpty() ? (scenario ? scenario->steps.size() : 1) : steps.size())));
    m_progress->setValue(int(std::count_if(steps.begin(), steps.end(), [](const ScenarioStepReport &step) {
        return step.state == ScenarioStepReport::State::Passed;
    })));
    m_progress->setVisible(scenario || !steps.isEmpty());
    m_status->setText(stateText());
    QPalette palette = this->palette();
    if (player.state() == State::Over && showsPlayed()) {
        const bool passed = player.report().verdict == ScenarioReport::Verdict::Passed;
        const bool stopped = player.report().verdict == ScenarioReport::Verdict::Stopped;
        const auto tone = passed ? theme::Tone::Good : stopped ? theme::Tone::Doubt : theme::Tone::Bad;
        palette.setColor(QPalette::WindowText, theme::toneColor(tone, palette));
    }
    m_status->setPalette(palette);
    m_status->setVisible(!m_status->text().isEmpty());
    Q_EMIT changed();
}

QString ScenarioPanel::stateText() const
{
    const ScenarioPlayer &player = m_tools.player;
    const QString address = m_context.host->boundAddresses().value(u"sip_udp"_s);
    switch (player.state()) {
    case State::Idle:
        if (!chosenScenario() || !m_notice->text().isEmpty())
            return {};
        return m_context.host->state() == ServerHost::State::Running && !m_tools.isDemo
            ? tr("It runs on a server of its own. What this window serves at %1 is put aside meanwhile, untouched; Reset brings it back.")
                  .arg(address)
            : tr("It runs on a server of its own, which this window shows meanwhile.");
    case State::Starting: return tr("Its server and its users are being made.");
    case State::Playing: return tr("Playing on a server of its own. Every tick stands for something the server or a device reported.");
    case State::Held: return tr("Step %1 has passed; the next one waits for you.").arg(player.current() + 1);
    case State::Over: {
        const QString stands = tr("This window still shows the server of the scenario; Reset brings back what was there.");
        return showsPlayed() ? ScenarioSentences::verdict(player.report()) + u' ' + stands : stands;
    }
    case State::Clearing: return tr("What it made is put away.");
    }
    return {};
}

bool ScenarioPanel::canPlay() const
{
    const State state = m_tools.player.state();
    if (!m_filled || (state != State::Idle && state != State::Over))
        return !m_filled && state == State::Idle;
    const Scenario *scenario = chosenScenario();
    return scenario && ScenarioSentences::whyNotHere(*scenario).isEmpty();
}

bool ScenarioPanel::hasReport() const
{
    return m_tools.player.state() == State::Over;
}

void ScenarioPanel::play()
{
    if (isHeld())
        return m_tools.player.proceed();
    if (!m_filled)
        fillChooser();
    const Scenario *scenario = chosenScenario();
    if (!scenario || !canPlay())
        return;
    m_failure.clear();
    const ServerHost::State state = m_context.host->state();
    const bool serves = state == ServerHost::State::Running || state == ServerHost::State::Starting;
    if (serves && !m_tools.isDemo && !m_tools.loan.isLent()
        && !confirm(this, *m_context.settings, u"scenario"_s, tr("Put your server aside and play “%1”?").arg(scenario->title.in(ScenarioSentences::language())),
                    tr("What this window serves stops until you press Reset, so devices cannot reach it meanwhile. Its users, devices and "
                       "journal are not touched, and come back afterwards. The scenario gets a server and data of its own."),
                    tr("Play")))
        return;
    m_tools.player.play(*scenario, m_tools.shelf.path(m_tools.shelf.chosen()));
}

void ScenarioPanel::setHolding(bool holding)
{
    m_tools.player.setHolding(holding);
    m_hold->setChecked(holding);
    Q_EMIT changed();
}

void ScenarioPanel::setPresenting(bool presenting)
{
    if (m_presenting == presenting)
        return;
    m_presenting = presenting;
    m_steps->setPresenting(presenting);
    m_steps->follow(m_tools.player.current());
    Q_EMIT presentingChanged(presenting);
}

void ScenarioPanel::light(int step)
{
    const ScenarioPlayer &player = m_tools.player;
    if (const auto device = spotlightOf(player.scenario(), step))
        Q_EMIT spotlight(device->user, device->device);
}

void ScenarioPanel::wantJournal(int step)
{
    const ScenarioStepReport report = m_tools.player.report().steps.value(step);
    const auto device = spotlightOf(m_tools.player.scenario(), step);
    if (report.began.isSet())
        Q_EMIT journalWanted(device ? device->user : PublicUserId(), device ? device->device : DeviceId(), report.began,
                             report.began + report.took + Milliseconds(1));
}

QString ScenarioPanel::statusText() const
{
    return m_status->text();
}

QString ScenarioPanel::noticeText() const
{
    return m_notice->text();
}

} // namespace reveille
