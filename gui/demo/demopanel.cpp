// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/demo/demopanel.h"

#include "gui/demo/demo.h"
#include "gui/demo/demoplayer.h"
#include "models/sentences.h"
#include "models/timedisplay.h"

#include <QGridLayout>
#include <QLabel>
#include <QPalette>
#include <QPushButton>
#include <QScrollArea>

namespace reveille {

using namespace Qt::StringLiterals;
using State = DemoStep::State;

namespace {

struct Mark {
    QString sign;
    QString word;
};

Mark markOf(State state)
{
    switch (state) {
    case State::Ahead: return {u"○"_s, DemoPanel::tr("not yet")};
    case State::Current: return {u"▶"_s, DemoPanel::tr("now")};
    case State::Ticked: return {u"✓"_s, DemoPanel::tr("done")};
    case State::Missed: return {u"✕"_s, DemoPanel::tr("missed")};
    }
    return {};
}

QLabel *makeText(QWidget *parent, bool bold = false)
{
    auto *label = new QLabel(parent);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    QFont font = label->font();
    font.setBold(bold);
    label->setFont(font);
    return label;
}

} // namespace

DemoPanel::DemoPanel(Demo &demo, QWidget *parent)
    : QWidget(parent), m_demo(demo), m_play(new QPushButton(tr("&Play"), this)),
      m_reset(new QPushButton(tr("&Reset"), this)), m_state(new QLabel(this))
{
    setObjectName(u"demoPanel"_s);
    setAccessibleName(tr("Demo"));
    m_play->setToolTip(tr("Plays the story from its start"));
    m_reset->setToolTip(tr("Cancels what is under way and brings the device back"));
    m_state->setWordWrap(true);

    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_play);
    buttons->addWidget(m_reset);
    buttons->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(buttons);
    layout->addWidget(m_state);
    layout->addWidget(makeSteps(), 1);

    connect(m_play, &QPushButton::clicked, &m_demo, &Demo::play);
    connect(m_play, &QPushButton::clicked, this, &DemoPanel::showState);
    connect(m_reset, &QPushButton::clicked, &m_demo, &Demo::reset);
    connect(m_reset, &QPushButton::clicked, this, &DemoPanel::showState);
    connect(&m_demo, &Demo::populated, this, [this] {
        m_failure.clear();
        showState();
    });
    connect(&m_demo, &Demo::failed, this, [this](const Error &error) {
        m_failure = Sentences::error(error);
        showState();
    });
    DemoPlayer &player = m_demo.player();
    connect(&player, &DemoPlayer::stepChanged, this, &DemoPanel::show);
    connect(&player, &DemoPlayer::playingChanged, this, &DemoPanel::showState);
    for (int index = 0; index < m_rows.size(); ++index)
        show(index);
    showState();
}

QWidget *DemoPanel::makeSteps()
{
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setMinimumWidth(fontMetrics().averageCharWidth() * 36);
    auto *inner = new QWidget(scroll);
    auto *grid = new QGridLayout(inner);
    const QString heads[] = {QString(), tr("Expected"), tr("What happened")};
    for (int column = 0; column < int(std::size(heads)); ++column) {
        QLabel *head = makeText(inner);
        head->setForegroundRole(QPalette::PlaceholderText);
        head->setText(heads[column]);
        grid->addWidget(head, 0, column);
    }
    grid->setColumnStretch(1, 1);
    grid->setColumnStretch(2, 1);
    for (int index = 0; index < demoChapters; ++index) {
        const Row row{makeText(inner, true), makeText(inner, true), makeText(inner), makeText(inner), makeText(inner)};
        const int top = 1 + index * 2; // the title over expected and actual, so that a narrow panel is enough
        grid->addWidget(row.mark, top, 0);
        grid->addWidget(row.title, top, 1);
        grid->addWidget(row.time, top, 2);
        grid->addWidget(row.expected, top + 1, 1);
        grid->addWidget(row.actual, top + 1, 2);
        row.time->setWordWrap(false);
        row.time->setForegroundRole(QPalette::PlaceholderText);
        row.mark->setWordWrap(false);
        m_rows.append(row);
    }
    grid->setRowStretch(1 + demoChapters * 2, 1);
    scroll->setWidget(inner);
    m_scroll = scroll;
    return scroll;
}

QString DemoPanel::actualText(int step) const
{
    return m_rows.value(step).actual->text();
}

void DemoPanel::show(int index)
{
    const DemoStep &step = m_demo.player().steps()[index];
    const Row &row = m_rows[index];
    const Mark mark = markOf(step.state);
    row.mark->setText(mark.sign);
    row.mark->setToolTip(mark.word);
    row.mark->setAccessibleName(mark.word);
    row.title->setText(tr("%1. %2").arg(index + 1).arg(step.title));
    row.title->setAccessibleDescription(mark.word);
    row.expected->setText(step.expected);
    row.actual->setText(step.actual.isEmpty() ? u"–"_s : step.actual);
    row.time->setText(TimeDisplay().clock(step.at));
    if (step.state != State::Ahead)
        m_scroll->ensureWidgetVisible(row.actual);
}

void DemoPanel::showState()
{
    const DemoPlayer &player = m_demo.player();
    m_play->setEnabled(!player.isPlaying());
    if (!m_failure.isEmpty())
        m_state->setText(tr("The demo cannot start. %1").arg(m_failure));
    else if (!m_demo.isPopulated())
        m_state->setText(tr("The devices of the demo are registering."));
    else if (player.isPlaying())
        m_state->setText(tr("Playing. Every tick stands for something the server or the device reported."));
    else if (player.isComplete())
        m_state->setText(tr("Every step happened as expected."));
    else
        m_state->setText(tr("Two users with three devices each are registered. Press Play."));
}

} // namespace reveille
