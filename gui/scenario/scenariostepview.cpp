// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/scenario/scenariostepview.h"

#include "gui/scenario/foldedlabel.h"
#include "gui/scenario/scenariosentences.h"
#include "gui/theme.h"
#include "models/plaintip.h"

#include <QClipboard>
#include <QEvent>
#include <QGridLayout>
#include <QGuiApplication>
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
constexpr qsizetype longestValue = 40;  ///< of a field of what happened

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
    return FoldedLabel::folded(text.size() > longestShown ? text.left(longestShown) + u'…' : text).toHtmlEscaped();
}

QString shortened(const QString &value)
{
    return value.size() > longestValue ? value.left(longestValue / 2) + u'…' + value.right(longestValue / 2 - 1) : value;
}

QString coloured(const QString &text, const QColor &color)
{
    return u"<font color=\"%1\">%2</font>"_s.arg(color.name(), text);
}

template <class Label>
Label *makeLabel(bool bold)
{
    auto *label = new Label;
    label->setTextFormat(Qt::PlainText);
    label->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    QFont font;
    font.setBold(bold);
    label->setFont(font);
    return label;
}

QString link(const char *target, const QString &text)
{
    return u"<a href=\"%1\">%2</a>"_s.arg(QLatin1StringView(target), text.toHtmlEscaped().replace(u' ', u"&nbsp;"_s));
}

} // namespace

ScenarioStepView::ScenarioStepView(int index, QWidget *parent)
    : QFrame(parent), m_index(index), m_mark(makeLabel<QLabel>(true)), m_title(makeLabel<QLabel>(true)), m_time(makeLabel<QLabel>(false)),
      m_body(makeLabel<FoldedLabel>(false))
{
    setObjectName(u"scenarioStep"_s);
    m_title->setWordWrap(true);
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_time->setForegroundRole(QPalette::PlaceholderText);
    m_body->setTextFormat(Qt::RichText);
    m_body->setWordWrap(true);
    m_body->setTextInteractionFlags(Qt::TextBrowserInteraction);
    connect(m_body, &QLabel::linkActivated, this, &ScenarioStepView::follow);
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
    m_body->setText(detailed ? tableText() + failureText() : QString());
    m_body->setVisible(!m_body->text().isEmpty());
    m_body->setAccessibleName(bodyText());
    QStringList written = m_report.actions;
    for (const ScenarioExpectationReport &one : m_report.expectations)
        written.append(one.expected);
    m_body->setToolTip(plainTip(written.join(u'\n')));
}

QString ScenarioStepView::tableText() const
{
    const bool failed = m_report.state == State::Failed;
    const QColor quiet = palette().color(QPalette::PlaceholderText);
    const QString row = u"<tr><td>%1&nbsp;</td><td width=\"48%\">%2</td><td width=\"48%\">%3</td></tr>"_s;
    QString rows;
    bool anyOpen = false;
    for (int index = 0; index < m_report.expectations.size(); ++index) {
        const ScenarioExpectationReport &one = m_report.expectations[index];
        const bool isOpen = one.state == Wanted::Ahead || (one.state == Wanted::Open && one.actual.isEmpty() && !failed);
        // Nothing is waited for any more once the first was not met.
        const bool leftOpen = failed && one.state == Wanted::Open;
        anyOpen = anyOpen || leftOpen;
        const QString actual = isOpen ? QString() : shown(ScenarioSentences::found(one));
        rows += row.arg(leftOpen ? coloured(u"–"_s, quiet)
                                 : coloured(ScenarioSentences::sign(one.state), theme::toneColor(toneOf(one.state), palette())),
                        shown(m_expected.value(index, one.expected)),
                        one.state == Wanted::Missed ? coloured(actual, theme::toneColor(theme::Tone::Bad, palette())) : actual);
    }
    if (rows.isEmpty())
        return {};
    if (failed)
        rows.prepend(row.arg(QString(), coloured(tr("Expected").toHtmlEscaped(), quiet), coloured(tr("What there was").toHtmlEscaped(), quiet)));
    const QString table = u"<table width=\"100%\" cellspacing=\"2\">"_s + rows + u"</table>"_s;
    return anyOpen ? table + coloured(tr("– was still waited for when the step had failed.").toHtmlEscaped(), quiet) : table;
}

/// Why, what can be done now, and what led to it.
QString ScenarioStepView::failureText() const
{
    if (m_report.state != State::Failed)
        return {};
    QString text;
    if (const QString why = ScenarioSentences::problem(m_report.code, m_report.about); !why.isEmpty())
        text += u"<p>"_s + coloured(shown(why), theme::toneColor(theme::Tone::Bad, palette())) + u"</p>"_s;
    const QStringList links{link("journal", tr("Show it in the journal")), link("device", tr("Show the device")),
                            link("copy", tr("Copy this step")), link("report", tr("Save the report…"))};
    return text + u"<p>"_s + links.join(u" · "_s) + u"</p>"_s + evidenceText();
}

QString ScenarioStepView::evidenceText() const
{
    if (m_report.evidence.isEmpty())
        return {};
    const QString during = happeningsText(tr("What happened in it:"), false);
    return (during.isEmpty() ? u"<p>"_s + tr("Nothing happened in it to what it is about.").toHtmlEscaped() + u"</p>"_s : during)
        + happeningsText(tr("Before:"), true);
}

/// Those before the step began, or those in it.
QString ScenarioStepView::happeningsText(const QString &head, bool before) const
{
    const QColor quiet = palette().color(QPalette::PlaceholderText);
    QString rows;
    for (const QString &line : m_report.evidence) {
        const auto happening = ScenarioSentences::happening(line, m_report.began);
        if (before != (happening && happening->time.isSet() && happening->time < m_report.began))
            continue;
        if (!happening) {
            rows += u"<tr><td colspan=\"3\">%1</td></tr>"_s.arg(shown(line));
            continue;
        }
        QStringList fields;
        for (const auto &[name, value] : before ? decltype(happening->fields)() : happening->fields)
            fields.append(ScenarioSentences::fieldText(name, shortened(value)));
        rows += u"<tr><td>%1&nbsp;</td><td>%2&nbsp;</td><td width=\"100%\">%3%4</td></tr>"_s.arg(
            m_times.clock(happening->time), shown(happening->by), shown(happening->what),
            fields.isEmpty() ? QString() : u"<br>"_s + coloured(shown(fields.join(u" · "_s)), quiet));
    }
    return rows.isEmpty() ? QString()
                          : u"<p>%1</p><table width=\"100%\" cellspacing=\"2\">%2</table>"_s.arg(head.toHtmlEscaped(), rows);
}

void ScenarioStepView::follow(const QString &link)
{
    if (link == u"device")
        Q_EMIT deviceWanted();
    else if (link == u"journal")
        Q_EMIT journalWanted();
    else if (link == u"report")
        Q_EMIT reportWanted();
    else
        copy();
}

void ScenarioStepView::copy() const
{
    QGuiApplication::clipboard()->setText(ScenarioSentences::step(m_report, m_index, m_times));
}

void ScenarioStepView::setTextSize(double size)
{
    for (QLabel *label : std::initializer_list<QLabel *>{m_mark, m_title, m_time, m_body}) {
        QFont font = label->font();
        font.setPointSizeF(size);
        label->setFont(font);
    }
}

/// The step that runs stands out, and the one that failed.
void ScenarioStepView::paintEvent(QPaintEvent *event)
{
    if (m_report.state == State::Current || m_report.state == State::Failed) {
        QPainter painter(this);
        painter.fillRect(rect(), palette().color(QPalette::Base));
        painter.fillRect(QRect(0, 0, theme::grid / 2, height()), m_report.state == State::Current
                                                                     ? palette().color(QPalette::Highlight)
                                                                     : theme::toneColor(theme::Tone::Bad, palette()));
    }
    QFrame::paintEvent(event);
}

QString ScenarioStepView::bodyText() const
{
    return FoldedLabel::unfolded(QTextDocumentFragment::fromHtml(m_body->text()).toPlainText());
}

void ScenarioStepView::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_body)
        render();
}

} // namespace reveille
