// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/bulksend.h"

#include <QDialog>
#include <QTimer>

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;
class QTableView;

namespace reveille {

class ExplanationView;

/// Sends a push to many: to what is selected, or to the rows of a CSV file whose columns fill its variables. Says before how
/// many, what the chosen row gets and who of them, then shows how it goes, in the same place. GUI thread.
class BulkSendDialog : public QDialog
{
    Q_OBJECT
public:
    /// `written` is the push of the composer; saved triggers of the library can be chosen instead. `selected` may be empty.
    BulkSendDialog(GuiContext &context, const Trigger &written, const QVector<Recipient> &selected, QWidget *parent = nullptr);

    BulkSend &work() { return m_work; }
    /// Takes a file of recipients; says what is wrong with it.
    void setFile(const QString &name, const QByteArray &csv);
    QComboBox *trigger() const { return m_trigger; } ///< data: id in the library, 0 = what the composer holds
    QComboBox *source() const { return m_source; }   ///< data: true = the file
    QComboBox *target() const { return m_target; }   ///< data: column of the file
    QTableView *table() const { return m_table; }
    QPushButton *goButton() const { return m_go; }
    QPushButton *stopButton() const { return m_stop; }
    QPushButton *cancelButton() const { return m_cancel; }
    QString headline() const;
    QString note() const;
    QString preview() const; ///< the text of the chosen row
    ExplanationView *explanation() const { return m_explanation; }

public Q_SLOTS:
    void go(); ///< asks first
    void cancel(); ///< asks first; what was sent and has not ended
    void reject() override; ///< while it sends, this stops; the next time it closes

private:
    QWidget *makeForm();
    QWidget *makeRows();
    QWidget *makeButtons();
    void chooseFile();
    void prepare();
    void refresh();
    void showHeadline();
    void showNote();
    void showButtons();
    void showChosen();
    bool isGone() const; ///< the chosen trigger, deleted meanwhile

    GuiContext &m_context;
    const Trigger m_written;
    const QVector<Recipient> m_selected;
    BulkSend m_work;
    std::optional<BulkTable> m_file;
    QString m_fileName;
    QString m_fileTrouble;
    QComboBox *m_trigger;
    QComboBox *m_source;
    QComboBox *m_target;
    QPushButton *m_choose;
    QWidget *m_form;
    QLabel *m_headline;
    QLabel *m_note;
    QProgressBar *m_progress;
    QTableView *m_table;
    QPlainTextEdit *m_text;
    ExplanationView *m_explanation;
    PushId m_explained; ///< of the chosen row, and how it stood
    PushState m_explainedState = PushState::Accepted;
    QPushButton *m_go;
    QPushButton *m_stop;
    QPushButton *m_cancel;
    QPushButton *m_save;
    quint64 m_question = 0; ///< answers to an earlier one are dropped
};

} // namespace reveille
