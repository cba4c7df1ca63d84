// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/context.h"
#include "gui/rowspage.h"
#include "models/pushhistorymodel.h"

#include <QTimer>

class QComboBox;
class QLineEdit;
class QPushButton;
class QSplitter;

namespace reveille {

class ChipRow;
class InitiatorBox;
class PushDetail;

/// All pushes of the server as rows, newest first, with their states moving; found by state, initiator and text, older ones
/// as one scrolls on. The chosen one stands beside them with its deliveries, why, and its bytes. What a person chooses here is
/// the Selection. Nothing is read until somebody looks. GUI thread.
class PushesPage : public RowsPage
{
    Q_OBJECT
public:
    enum Chip { All, UnderWay, Delivered, Failed };

    explicit PushesPage(GuiContext &context, QWidget *parent = nullptr);
    ~PushesPage() override;

    PushHistoryModel &model() { return *m_model; }
    PushDetail *detail() const { return m_detail; }
    ChipRow *chips() const { return m_chips; }
    QComboBox *initiatorBox() const;
    QLineEdit *filterBox() const { return m_text; }
    QPushButton *cancelButton() const { return m_cancel; }
    QPushButton *emptyAction() const { return m_emptyAction; }
    QString status() const; ///< how many are shown, and whether there are more
    QVector<ListedPush> selected() const; ///< the first thousand
    void setActions(const QList<QAction *> &actions); ///< what can be done with a push, as buttons
    void setTimeDisplay();

public Q_SLOTS:
    void choosePush(const reveille::PushId &id); ///< if it is among the rows
    void cancelSelected(); ///< those under way; asks first
    void exportCsv();
    void clearFilters();

Q_SIGNALS:
    void menuWanted(const QPoint &globalPosition);
    void inspectWanted(); ///< Return or a double click on a row
    void sendWanted();

protected:
    void showChosen() override;
    void openMenu(const QPoint &at) override;
    QVariant copied(const QModelIndex &cell) const override;
    void showEvent(QShowEvent *event) override;

private:
    PushesPage(GuiContext &context, PushHistoryModel *model, QWidget *parent);
    QWidget *makeBar();
    QWidget *makeFoot();
    void arrangeColumns();
    void attach();
    void applyFilters();
    bool isFiltered() const;
    void selectChosen(); ///< what is chosen here, everywhere
    void showStatus();
    void showCancel();
    void showEmptyTexts();

    GuiContext &m_context;
    PushHistoryModel *m_model;
    PushDetail *m_detail;
    ChipRow *m_chips;
    InitiatorBox *m_initiator;
    QLineEdit *m_text;
    QLabel *m_status;
    QPushButton *m_older;
    QPushButton *m_cancel;
    QPushButton *m_emptyAction;
    QSplitter *m_splitter;
    QString m_told; ///< what came of the last cancellation
    QTimer m_typing;
    QTimer m_second; ///< what is under way has less time left
    bool m_attached = false;
    bool m_following = false;
    bool m_moving = false; ///< rows come and go: what is chosen then nobody chose
};

} // namespace reveille
