// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/scenario/scenariostepview.h"

#include "gui/scenario/scenariosentences.h"
#include "gui/theme.h"
#include "models/plaintip.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <QTextDocumentFragment>

#include <algorithm>

namespace reveille {

using namespace Qt::StringLiterals;
using State = ScenarioStepReport::State;
using Wanted = ScenarioExpectationReport::State;

namespace {

constexpr qsizetype longestShown = 400; ///< characters of what was found

theme::Tone toneOf(State state)
{
    switch (state) {
    case State::Passed: return theme::Tone::Good;
    case State::Failed: return theme::Tone::Bad;
    case State::Current: return theme::Tone::Busy;
    case State::Stopped: return theme::Tone::Doubt;
    case State::Ahead: break;
    }
    return theme::Tone::Neutral;
}

theme::Tone toneOf(Wanted state)
{
    return state == Wanted::Met      ? theme::Tone::Good
           : state == Wanted::Missed ? theme::Tone::Bad
           : state == Wanted::Open   ? theme::Tone::Busy
                                     : theme::Tone::Neutral;
}

QString shown(const QString &text)
{
    return (text.size() > longestShown ? text.left(longestShown) + u'…' : text).toHtmlEscaped();
}

/// Long codes may break at their underscores.
QString cell(const QString &text)
{
    return shown(text).replace(u'_', u"_\u200b"_s);
}

QString coloured(const QString &text, const QColor &color)
{
    return u"<font color=\"%1\">%2</font>"_s.arg(color.name(), text);
}

QLabel *makeLabel(bool bold)
{
    auto *label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    QFont font;
    font.setBold(bold);
    label->setFont(font);
    return label;
}

} // namespace

ScenarioStepView::ScenarioStepView(int index, QWidget *parent)
    : QFrame(parent), m_index(index), m_mark(makeLabel(true)), m_title(makeLabel(true)), m_time(makeLabel(false)),
      m_body(makeLabel(false))
{
    setObjectName(u"scenarioStep"_s);
    m_title->setWordWrap(true);
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_time->setForegroundRole(QPalette::PlaceholderText);
    m_body->setTextFormat(Qt::RichText);
    m_body->setWordWrap(true);
    m_body->setTextInteractionFlags(Qt::TextBrowserInteraction);
    connect(m_body, &QLabel::linkActivated, this, [this](const QString &link) {
        if (link == u"device")
            Q_EMIT deviceWanted();
        else
            Q_EMIT journalWanted();
    });
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(theme::grid, theme::grid / 2, theme::grid, theme::grid / 2);
    grid->setVerticalSpacing(2);
    grid->addWidget(m_mark, 0, 0);
    grid->addWidget(m_title, 0, 1);
    grid->addWidget(m_time, 0, 2);
    grid->addWidget(m_body, 1, 1, 1, 2);
    grid->setColumnStretch(1, 1);
}

void ScenarioStepView::show(const ScenarioStepReport &report, const QStringList &expected, const TimeDisplay &times, bool detailed)
{
    m_report = report;
    m_expected = expected;
    m_times = times;
    m_detailed = detailed;
    render();
    update();
}

void ScenarioStepView::render()
{
    const QString word = ScenarioSentences::word(m_report.state);
    const QString title = m_report.title.in(ScenarioSentences::language()).left(longestShown);
    QPalette marked = palette();
    marked.setColor(QPalette::WindowText, theme::toneColor(toneOf(m_report.state), palette()));
    m_mark->setPalette(marked);
    m_mark->setText(ScenarioSentences::sign(m_report.state));
    m_mark->setToolTip(word);
    m_mark->setAccessibleName(word);
    m_title->setText(tr("%1. %2").arg(m_index + 1).arg(title));
    m_title->setAccessibleName(m_title->text());
    m_title->setAccessibleDescription(word);
    const bool isOver = m_report.state != State::Ahead && m_report.state != State::Current;
    m_time->setText(isOver ? ScenarioSentences::seconds(m_report.took) : QString());
    m_time->setToolTip(m_times.clock(m_report.began));
    const bool detailed = m_detailed || m_report.state == State::Failed;
    m_body->setText(detailed ? tableText() + evidenceText() : QString());
    m_body->setVisible(!m_body->text().isEmpty());
    m_body->setAccessibleName(bodyText());
    QStringList written = m_report.actions;
    for (const ScenarioExpectationReport &one : m_report.expectations)
        written.append(one.expected);
    m_body->setToolTip(plainTip(written.join(u'\n')));
}

QString ScenarioStepView::tableText() const
{
    QString rows;
    for (int index = 0; index < m_report.expectations.size(); ++index) {
        const ScenarioExpectationReport &one = m_report.expectations[index];
        const bool isOpen = one.state == Wanted::Ahead || (one.state == Wanted::Open && one.actual.isEmpty());
        const QString actual = isOpen ? QString() : cell(ScenarioSentences::happened(one.actual));
        rows += u"<tr><td>%1&nbsp;</td><td width=\"48%\">%2</td><td width=\"48%\">%3</td></tr>"_s.arg(
            coloured(ScenarioSentences::sign(one.state), theme::toneColor(toneOf(one.state), palette())),
            cell(m_expected.value(index, one.expected)),
            one.state == Wanted::Missed ? coloured(actual, theme::toneColor(theme::Tone::Bad, palette())) : actual);
    }
    return rows.isEmpty() ? QString() : u"<table width=\"100%\" cellspacing=\"2\">"_s + rows + u"</table>"_s;
}

QString ScenarioStepView::evidenceText() const
{
    if (m_report.state != State::Failed)
        return {};
    QString text;
    if (const QString why = ScenarioSentences::problem(m_report.code, m_report.about); !why.isEmpty())
        text += u"<p>"_s + coloured(shown(why), theme::toneColor(theme::Tone::Bad, palette())) + u"</p>"_s;
    if (!m_report.evidence.isEmpty()) {
        text += u"<p>"_s + tr("The last that happened:").toHtmlEscaped();
        for (const QString &line : m_report.evidence)
            text += u"<br><code>"_s + shown(ScenarioSentences::evidence(line, m_report.began, m_times)) + u"</code>"_s;
        text += u"</p>"_s;
    }
    return text + u"<p><a href=\"journal\">%1</a> &nbsp; <a href=\"device\">%2</a></p>"_s.arg(
               tr("Show it in the journal").toHtmlEscaped(), tr("Show the device").toHtmlEscaped());
}

void ScenarioStepView::setTextSize(double size)
{
    for (QLabel *label : {m_mark, m_title, m_time, m_body}) {
        QFont font = label->font();
        font.setPointSizeF(size);
        label->setFont(font);
    }
}

/// The step that runs stands out.
void ScenarioStepView::paintEvent(QPaintEvent *event)
{
    if (m_report.state == State::Current) {
        QPainter painter(this);
        painter.fillRect(rect(), palette().color(QPalette::Base));
        painter.fillRect(QRect(0, 0, theme::grid / 2, height()), palette().color(QPalette::Highlight));
    }
    QFrame::paintEvent(event);
}

QString ScenarioStepView::bodyText() const
{
    return QTextDocumentFragment::fromHtml(m_body->text()).toPlainText().remove(u'\u200b');
}

void ScenarioStepView::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_body)
        render();
}

} // namespace reveille
