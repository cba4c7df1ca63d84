// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/bulksenddialog.h"

#include "gui/confirmation.h"
#include "gui/csv.h"
#include "gui/explanationview.h"
#include "gui/rowtable.h"
#include "gui/statemark.h"
#include "models/sentences.h"
#include "models/triggerlibrary.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

namespace reveille {

using namespace Qt::StringLiterals;

BulkSendDialog::BulkSendDialog(GuiContext &context, const Trigger &written, const QVector<Recipient> &selected, QWidget *parent)
    : QDialog(parent)
    , m_context(context)
    , m_written(written)
    , m_selected(selected)
    , m_work(context)
    , m_trigger(new QComboBox)
    , m_source(new QComboBox)
    , m_target(new QComboBox)
    , m_choose(new QPushButton(tr("C&hoose a file…")))
    , m_form(makeForm())
    , m_headline(new QLabel)
    , m_note(new QLabel)
    , m_progress(new QProgressBar)
    , m_table(new QTableView)
    , m_text(new QPlainTextEdit)
    , m_explanation(new ExplanationView(context))
    , m_go(new QPushButton(tr("&Send")))
    , m_stop(new QPushButton(tr("S&top")))
    , m_cancel(new QPushButton)
    , m_save(new QPushButton(tr("Save &results…")))
{
    setObjectName(u"bulkSendDialog"_s);
    setWindowTitle(tr("Send to many"));
    resize(940, 620);
    QFont large = m_headline->font();
    large.setPointSizeF(large.pointSizeF() * 1.15);
    m_headline->setFont(large);
    for (QLabel *label : {m_headline, m_note}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    }
    m_headline->setAccessibleName(tr("How it stands"));
    m_note->setForegroundRole(QPalette::PlaceholderText);
    m_note->setAccessibleName(tr("About the recipients"));
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(theme::grid);
    m_progress->setAccessibleName(tr("Progress"));
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(theme::grid);
    layout->addWidget(m_form);
    layout->addWidget(m_note);
    layout->addWidget(m_headline);
    layout->addWidget(m_progress);
    layout->addWidget(makeRows(), 1);
    layout->addWidget(makeButtons());

    connect(m_trigger, &QComboBox::currentIndexChanged, this, &BulkSendDialog::prepare);
    connect(m_source, &QComboBox::currentIndexChanged, this, &BulkSendDialog::prepare);
    connect(m_target, &QComboBox::currentIndexChanged, this, &BulkSendDialog::prepare);
    connect(m_choose, &QPushButton::clicked, this, &BulkSendDialog::chooseFile);
    connect(&m_work, &BulkSend::changed, this, &BulkSendDialog::refresh);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &BulkSendDialog::showChosen);
    connect(context.host, &ServerHost::stateChanged, this, &BulkSendDialog::showButtons);
    if (context.triggers) {
        connect(&context.triggers->model(), &QAbstractItemModel::rowsRemoved, this, [this] {
            if (isGone())
                prepare();
        });
    }
    prepare();
}

QWidget *BulkSendDialog::makeForm()
{
    m_trigger->addItem(tr("What the composer holds"), quint64(0));
    if (m_context.triggers) {
        const TriggerLibraryModel &library = m_context.triggers->model();
        const auto add = [&](const QModelIndex &folder, const QString &path, const auto &again) -> void {
            for (int row = 0; row < library.rowCount(folder); ++row) {
                const QModelIndex index = library.index(row, 0, folder);
                const QString name = path + index.data().toString();
                if (library.isFolder(index))
                    again(index, name + u" / "_s, again);
                else
                    m_trigger->addItem(name, library.idOf(index));
            }
        };
        add({}, {}, add);
    }
    if (!m_selected.isEmpty())
        m_source->addItem(tr("The %Ln selected", nullptr, int(m_selected.size())), false);
    m_source->addItem(tr("The rows of a CSV file"), true);
    m_choose->setAutoDefault(false);
    m_target->setAccessibleName(tr("Column that says to whom"));
    auto *from = new QHBoxLayout;
    from->addWidget(m_source, 1);
    from->addWidget(m_choose);
    auto *form = new QWidget;
    auto *layout = new QFormLayout(form);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    layout->addRow(tr("&Push"), m_trigger);
    auto *recipients = new QLabel(tr("&Recipients"));
    recipients->setBuddy(m_source);
    layout->addRow(recipients, from);
    layout->addRow(tr("&To whom"), m_target);
    for (QComboBox *box : {m_trigger, m_source, m_target})
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    return form;
}

QWidget *BulkSendDialog::makeRows()
{
    setUpRows(m_table, &m_work, tr("What becomes of each"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    QHeaderView *header = m_table->horizontalHeader();
    header->setStretchLastSection(true);
    const int em = fontMetrics().horizontalAdvance(u'0');
    for (const auto &[column, width] : {std::pair(int(BulkSend::Line), 6), {BulkSend::To, 34}, {BulkSend::Outcome, 16}, {BulkSend::Why, 34}})
        header->resizeSection(column, width * em);
    m_text->setReadOnly(true);
    m_text->setTabChangesFocus(true);
    m_text->setAccessibleName(tr("Text that the chosen one gets"));
    m_text->setMaximumHeight(6 * m_text->fontMetrics().lineSpacing());
    auto *beside = new QWidget;
    auto *column = new QVBoxLayout(beside);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme::grid);
    column->addWidget(m_text);
    column->addWidget(m_explanation, 1);
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(m_table);
    splitter->addWidget(beside);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setChildrenCollapsible(false);
    return splitter;
}

QWidget *BulkSendDialog::makeButtons()
{
    m_go->setIcon(theme::icon(u"push"_s));
    m_go->setToolTip(tr("Send the pushes (Ctrl+Enter)"));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    for (QPushButton *button : {m_go, m_stop, m_cancel, m_save}) {
        button->setAutoDefault(false); // many get something by a deliberate press only
        buttons->addButton(button, QDialogButtonBox::ActionRole);
    }
    buttons->button(QDialogButtonBox::Close)->setDefault(true);
    m_save->setToolTip(tr("Write what became of each as CSV"));
    connect(m_go, &QPushButton::clicked, this, &BulkSendDialog::go);
    connect(m_stop, &QPushButton::clicked, &m_work, &BulkSend::stop);
    connect(m_cancel, &QPushButton::clicked, this, &BulkSendDialog::cancel);
    connect(m_save, &QPushButton::clicked, this, [this] { saveCsv(this, tr("Save the results"), u"results.csv"_s, m_work.csv()); });
    connect(buttons, &QDialogButtonBox::rejected, this, &BulkSendDialog::reject);
    return buttons;
}

void BulkSendDialog::chooseFile()
{
    const QString path = QFileDialog::getOpenFileName(this, tr("Recipients"), {}, tr("CSV files (*.csv);;All files (*)"));
    if (path.isEmpty())
        return;
    QFile file(path);
    if (file.open(QIODevice::ReadOnly)) {
        setFile(QFileInfo(path).fileName(), file.read(BulkTable::largestFile + 1));
    } else {
        m_file.reset();
        m_fileTrouble = Sentences::error({"file-unreadable", file.errorString()});
        prepare();
    }
}

void BulkSendDialog::setFile(const QString &name, const QByteArray &csv)
{
    const Result<BulkTable> table = BulkTable::read(csv);
    m_file = table ? std::optional(*table) : std::nullopt;
    m_fileName = name;
    m_fileTrouble = table ? QString() : tr("%1 cannot be used. %2").arg(name, Sentences::error(table.error()));
    {
        const QSignalBlocker quiet(m_target);
        m_target->clear();
        for (int column = 0; m_file && column < m_file->columns().size(); ++column)
            m_target->addItem(tr("Column “%1”").arg(m_file->columns()[column]), column);
        m_target->setCurrentIndex(m_file ? m_file->likelyTarget() : -1);
        const QSignalBlocker quietToo(m_source);
        m_source->setCurrentIndex(m_source->findData(true));
    }
    prepare();
}

bool BulkSendDialog::isGone() const
{
    const quint64 id = m_trigger->currentData().toULongLong();
    return id != 0 && !m_context.triggers->model().trigger(id);
}

void BulkSendDialog::prepare()
{
    const bool fromFile = m_source->currentData().toBool();
    m_choose->setEnabled(fromFile);
    static_cast<QFormLayout *>(m_form->layout())->setRowVisible(m_target, fromFile && m_file);
    m_table->setColumnHidden(BulkSend::Line, !fromFile);
    const quint64 id = m_trigger->currentData().toULongLong();
    const Trigger *saved = id != 0 ? m_context.triggers->model().trigger(id) : nullptr;
    m_work.prepare(saved ? *saved : m_written,
                   isGone() ? QVector<Recipient>()
                   : !fromFile ? m_selected
                   : m_file  ? m_file->recipients(m_target->currentIndex())
                             : QVector<Recipient>(),
                   id);
    // The first one that can go is what is looked at first.
    int first = 0;
    while (first < m_work.rowCount() && m_work.rows()[first].fate == BulkSend::Fate::Bad)
        ++first;
    m_table->setCurrentIndex(m_work.index(first < m_work.rowCount() ? first : 0, 0));
    showNote();
    showChosen();
}

void BulkSendDialog::showNote()
{
    const bool fromFile = m_source->currentData().toBool();
    QStringList parts;
    if (isGone()) {
        parts.append(tr("The chosen trigger was deleted meanwhile; choose another push."));
    } else if (fromFile && !m_fileTrouble.isEmpty()) {
        parts.append(m_fileTrouble);
    } else if (fromFile && !m_file) {
        parts.append(tr("The first row of the file names the columns; each gives a variable of its name. At most %L1 rows.").arg(BulkTable::mostRows));
    } else if (fromFile) {
        QStringList names;
        for (const QString &name : m_file->variables()) {
            if (!name.isEmpty())
                names.append(u"{{"_s + name + u"}}"_s);
        }
        parts.append(tr("%1 has %Ln row(s) and gives %2.", nullptr, m_file->size()).arg(m_fileName, names.join(u", "_s)));
    } else {
        parts.append(tr("Each of them gets a push of its own; {{user}} and {{device}} stand for the recipient."));
    }
    if (!isGone() && m_work.trigger().body.isEmpty())
        parts.append(tr("It has no content: write it in the composer or choose a saved trigger, unless an empty push is meant."));
    m_note->setText(parts.join(u' '));
}

QString BulkSendDialog::headline() const
{
    return m_headline->text();
}

QString BulkSendDialog::note() const
{
    return m_note->text();
}

QString BulkSendDialog::preview() const
{
    return m_text->toPlainText();
}

void BulkSendDialog::refresh()
{
    showHeadline();
    showButtons();
    const BulkSend::Row row = m_work.rows().value(m_table->currentIndex().row());
    if (row.push != m_explained || row.state != m_explainedState)
        showChosen();
}

void BulkSendDialog::showHeadline()
{
    using Fate = BulkSend::Fate;
    const int ready = m_work.count(Fate::Ready);
    const int bad = m_work.count(Fate::Bad);
    const int sent = m_work.count(Fate::Accepted);
    const int refused = m_work.count(Fate::Refused);
    const int total = m_work.rowCount() - bad;
    QString text;
    switch (m_work.phase()) {
    case BulkSend::Phase::Ready:
        text = m_work.rowCount() == 0 ? tr("Nobody is named yet.") : tr("%Ln push(es) would be sent.", nullptr, ready);
        if (bad > 0)
            text += u' ' + tr("%Ln row(s) are bad and left out; the table says why.", nullptr, bad);
        break;
    case BulkSend::Phase::Sending:
        text = tr("%L1 sent, %L2 refused, %L3 left.").arg(sent).arg(refused).arg(ready + m_work.count(Fate::UnderWay));
        break;
    case BulkSend::Phase::Stopped:
        text = tr("Stopped: %L1 are sent and stay sent, %L2 were refused, %L3 were not sent.").arg(sent).arg(refused).arg(ready);
        break;
    case BulkSend::Phase::Sent: text = tr("%L1 sent, %L2 refused.").arg(sent).arg(refused); break;
    }
    if (sent > 0)
        text += u' ' + tr("%L1 delivered, %L2 under way.").arg(m_work.count(PushState::Delivered) + m_work.count(PushState::Confirmed)).arg(m_work.unfinished());
    if (m_work.uncancelled() > 0)
        text += u' ' + tr("%Ln could not be cancelled: %1", nullptr, m_work.uncancelled()).arg(m_work.whyUncancelled());
    m_headline->setText(text);
    m_progress->setVisible(m_work.phase() != BulkSend::Phase::Ready);
    m_progress->setRange(0, std::max(1, total));
    m_progress->setValue(sent + refused);
}

void BulkSendDialog::showButtons()
{
    const BulkSend::Phase phase = m_work.phase();
    const int ready = m_work.count(BulkSend::Fate::Ready);
    const int waits = m_work.unfinished() + m_work.count(BulkSend::Fate::UnderWay);
    const bool serves = m_context.host->state() == ServerHost::State::Running;
    m_form->setEnabled(phase == BulkSend::Phase::Ready);
    m_go->setVisible(phase == BulkSend::Phase::Ready);
    m_go->setEnabled(serves && ready > 0);
    m_go->setText(ready == 0 ? tr("&Send") : tr("&Send %Ln push(es)…", nullptr, ready));
    m_go->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return)); // a new text takes the key away
    m_stop->setVisible(phase != BulkSend::Phase::Ready); // it keeps its place, so that no second click meets another button
    m_stop->setEnabled(phase == BulkSend::Phase::Sending);
    m_cancel->setVisible(phase != BulkSend::Phase::Ready);
    m_cancel->setEnabled(serves && waits > 0);
    m_cancel->setText(tr("Ca&ncel %Ln under way…", nullptr, waits));
    m_save->setEnabled(m_work.rowCount() > 0);
}

void BulkSendDialog::showChosen()
{
    const int number = m_table->currentIndex().row();
    const quint64 question = ++m_question;
    m_explained = {};
    m_explainedState = PushState::Accepted;
    if (number < 0 || number >= m_work.rows().size()) {
        m_text->clear();
        return m_explanation->setNotice(tr("Choose recipients to see what they would get."));
    }
    const BulkSend::Row &row = m_work.rows()[number];
    const Result<PushRequest> request = m_work.request(number);
    m_text->setPlainText(request ? QString::fromUtf8(request->body) : QString());
    if (!request || row.fate == BulkSend::Fate::Bad)
        return m_explanation->setNotice(row.why);
    if (m_context.host->state() != ServerHost::State::Running)
        return m_explanation->setNotice(tr("The server is not running."));
    m_explained = row.push;
    m_explainedState = row.state;
    // What would happen; once it is sent, what did.
    QFuture<Result<Explanation>> asked = row.push.isEmpty() ? m_context.host->explain(*request) : m_context.host->explanation(row.push);
    asked.then(this, [this, question](const Result<Explanation> &explanation) {
        if (question != m_question)
            return;
        if (explanation)
            m_explanation->setExplanation(*explanation);
        else
            m_explanation->setNotice(tr("Nobody gets it. %1").arg(Sentences::error(explanation.error())));
    });
}

void BulkSendDialog::go()
{
    if (isGone())
        return prepare();
    const int ready = m_work.count(BulkSend::Fate::Ready);
    if (!m_go->isEnabled()
        || !confirm(this, *m_context.settings, u"bulkSend"_s, tr("Send %Ln push(es)?", nullptr, ready),
                    tr("Devices that are not connected are woken where the push says so. What is sent stays sent; what waits can be cancelled."),
                    tr("Send")))
        return;
    m_work.send();
}

void BulkSendDialog::cancel()
{
    const int waits = m_work.unfinished() + m_work.count(BulkSend::Fate::UnderWay);
    if (m_cancel->isEnabled()
        && confirm(this, *m_context.settings, u"bulkCancel"_s, tr("Cancel %Ln push(es) under way?", nullptr, waits),
                   tr("Nothing more is sent, and devices that have not got theirs yet do not get it. What is delivered stays delivered."),
                   tr("Cancel the pushes"), tr("Keep them")))
        m_work.cancelAccepted();
}

void BulkSendDialog::reject()
{
    if (m_work.phase() == BulkSend::Phase::Sending)
        m_work.stop();
    else if (!m_work.isCancelling() || m_work.count(BulkSend::Fate::UnderWay) == 0) // else some would stay uncancelled
        QDialog::reject();
}

} // namespace reveille
