// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/wakepreviewpane.h"

#include "gui/fieldview.h"
#include "gui/theme.h"
#include "models/sentences.h"

#include <QHeaderView>
#include <QLabel>
#include <QSplitter>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace reveille {

using namespace Qt::StringLiterals;

WakePreviewPane::WakePreviewPane(QWidget *parent)
    : QWidget(parent), m_headline(new QLabel(this)), m_note(new QLabel(this)), m_checks(new QTreeWidget),
      m_fields(new FieldView)
{
    for (QLabel *label : {m_headline, m_note}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    m_checks->setAccessibleName(tr("Why this route"));
    m_checks->setHeaderLabels({tr("Why this route"), tr("Answer")});
    m_checks->setRootIsDecorated(false);
    m_checks->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    m_fields->setAccessibleName(tr("Octets that would be sent"));

    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(m_checks);
    splitter->addWidget(m_fields);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 3);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_headline);
    layout->addWidget(splitter, 1);
    layout->addWidget(m_note);
}

QString WakePreviewPane::headline() const
{
    return m_headline->text();
}

QByteArray WakePreviewPane::octets() const
{
    return m_fields->octets();
}

void WakePreviewPane::setNotice(const QString &text)
{
    m_headline->setText(text);
    m_note->clear();
    m_checks->clear();
    m_fields->setMessage({}, {});
}

void WakePreviewPane::setPreview(const WakePreview &preview)
{
    showChecks(preview.checks);
    if (preview.bearer.isEmpty()) {
        m_headline->setText(tr("No wake-up route can be used; the checks say why."));
        m_note->clear();
        m_fields->setMessage({}, {});
        return;
    }
    QStringList parts{tr("By %1 over the bearer “%2”.").arg(Sentences::wakeRoute(preview.route), preview.bearer)};
    const int octets = int(preview.wireBytes.size());
    if (preview.sirBytes.isEmpty()) {
        parts.append(tr("An empty message of %n octet(s).", nullptr, octets));
    } else {
        const int recipients = int(preview.plan.recipients.size());
        parts.append(tr("%n octet(s) on the wire, %1 of them the SIR.", nullptr, octets).arg(preview.sirBytes.size()));
        parts.append(tr("Mode: %1, to %n device(s);", nullptr, recipients).arg(Sentences::sirMode(preview.plan.mode)) + u' '
                     + (preview.plan.identityInside ? tr("the device is named inside.")
                                                    : tr("no device is named inside.")));
    }
    m_headline->setText(parts.join(u' '));
    const bool renewed = preview.sir.version >= 2 && !preview.sirBytes.isEmpty();
    m_note->setText(renewed ? tr("Time, nonce and signature are made anew at the moment of sending.") : QString());
    m_fields->setMessage(preview.wireFormat, preview.wireBytes);
}

void WakePreviewPane::showChecks(const QVector<Check> &checks)
{
    m_checks->clear();
    for (const Check &check : checks) {
        auto *row = new QTreeWidgetItem(m_checks, {Sentences::question(check.question)});
        QString answer;
        switch (check.outcome) {
        case Check::Outcome::Passed: answer = tr("yes"); break;
        case Check::Outcome::Failed: answer = tr("no"); break;
        case Check::Outcome::NotAsked: answer = tr("not asked"); break;
        }
        row->setText(1, check.value.isEmpty() ? answer : tr("%1 (%2)").arg(answer, check.value));
        if (check.outcome == Check::Outcome::Failed)
            row->setForeground(1, theme::toneColor(theme::Tone::Bad, palette()));
        if (*check.setting)
            row->setToolTip(1, tr("To change it: %1.").arg(Sentences::setting(check.setting)));
    }
    m_checks->resizeColumnToContents(0);
}

} // namespace reveille
