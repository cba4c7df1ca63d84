// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/scenario/scenariosteplist.h"

#include "gui/scenario/scenariosentences.h"
#include "gui/scenario/scenariostepview.h"
#include "gui/theme.h"

#include <QApplication>
#include <QEvent>
#include <QLabel>
#include <QScrollBar>
#include <QTimer>
#include <QVBoxLayout>

namespace reveille {

using namespace Qt::StringLiterals;
using State = ScenarioStepReport::State;

ScenarioStepList::ScenarioStepList(QWidget *parent)
    : QScrollArea(parent), m_inner(new QWidget), m_layout(new QVBoxLayout(m_inner)), m_about(new QLabel)
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Steps"));
    m_about->setWordWrap(true);
    m_about->setTextFormat(Qt::PlainText);
    m_about->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_about->setContentsMargins(theme::grid + 4, 0, theme::grid, theme::grid);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    m_layout->addWidget(m_about);
    m_layout->addStretch();
    setWidget(m_inner);
}

void ScenarioStepList::clear()
{
    qDeleteAll(m_steps);
    m_steps.clear();
    m_expected.clear();
    m_reports.clear();
    m_about->clear();
    m_about->hide();
}

void ScenarioStepList::showScenario(const Scenario &scenario, const ScenarioReport &report, const QString &about)
{
    QVector<QStringList> expected;
    for (const ScenarioStep &step : scenario.steps) {
        expected.append(QStringList());
        for (const ScenarioExpectation &wanted : step.expectations)
            expected.last().append(ScenarioSentences::expected(wanted));
    }
    if (expected == m_expected && about == m_about->text()) { // the same: nobody loses the place
        for (int index = 0; index < m_steps.size(); ++index)
            showStep(index, report.steps.value(index));
        return;
    }
    clear();
    m_expected = expected;
    m_about->setText(about);
    m_about->setVisible(!about.isEmpty() && !m_presenting);
    for (int index = 0; index < scenario.steps.size(); ++index) {
        auto *view = new ScenarioStepView(index);
        connect(view, &ScenarioStepView::deviceWanted, this, [this, index] { Q_EMIT deviceWanted(index); });
        connect(view, &ScenarioStepView::journalWanted, this, [this, index] { Q_EMIT journalWanted(index); });
        connect(view, &ScenarioStepView::reportWanted, this, &ScenarioStepList::reportWanted);
        m_layout->insertWidget(m_layout->count() - 1, view);
        m_steps.append(view);
    }
    applySize();
    m_reports = report.steps;
    m_reports.resize(m_steps.size());
    for (int index = 0; index < m_steps.size(); ++index)
        showStep(index, m_reports[index]);
}

void ScenarioStepList::showStep(int step, const ScenarioStepReport &report)
{
    if (step < 0 || step >= m_steps.size())
        return;
    m_reports[step] = report;
    m_steps[step]->show(report, m_expected[step], m_times, !m_presenting || report.state == State::Current);
}

void ScenarioStepList::follow(int step)
{
    if (step < 0 || step >= m_steps.size())
        return;
    // Once the sizes of the new texts are known; of a step and the next, so that one sees what comes.
    QTimer::singleShot(0, this, [this, step] {
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
        if (ScenarioStepView *next = m_steps.value(step + 1))
            ensureWidgetVisible(next, 0, 0);
        ScenarioStepView *view = m_steps.value(step);
        if (view && view->height() > viewport()->height())
            verticalScrollBar()->setValue(view->y());
        else if (view)
            ensureWidgetVisible(view, 0, 0);
        horizontalScrollBar()->setValue(0);
    });
}

void ScenarioStepList::setPresenting(bool presenting)
{
    m_presenting = presenting;
    m_about->setVisible(!m_about->text().isEmpty() && !presenting);
    applySize();
    for (int index = 0; index < m_steps.size(); ++index)
        showStep(index, m_reports[index]);
}

void ScenarioStepList::applySize()
{
    for (ScenarioStepView *step : std::as_const(m_steps))
        step->setTextSize(QApplication::font().pointSizeF() * (m_presenting ? presenterScale : 1.0));
}

void ScenarioStepList::changeEvent(QEvent *event)
{
    QScrollArea::changeEvent(event);
    if (event->type() == QEvent::ApplicationFontChange)
        applySize();
}

} // namespace reveille
