// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/context.h"
#include "models/triggerlibrary.h"

#include <QWidget>

#include <memory>

class QAction;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSortFilterProxyModel;
class QStackedWidget;

namespace reveille {

class EmptyState;
class TriggerPreview;
class TriggerSender;
class TriggerTree;

/// The trigger library (users.md idea 4): saved pushes in folders, found by words, sent again by one key; beside them what
/// the chosen one would send now. GUI thread.
class TriggerPanel : public QWidget
{
    Q_OBJECT
public:
    using Id = TriggerLibraryModel::Id;
    /// `context` has a library and outlives it.
    explicit TriggerPanel(GuiContext &context, QWidget *parent = nullptr);
    ~TriggerPanel() override;

    void setActions(const QVector<QAction *> &actions); ///< as buttons above the tree
    TriggerTree *tree() const { return m_tree; }
    QLineEdit *searchBox() const { return m_search; }
    TriggerPreview *preview() const { return m_preview; }
    QString notice() const;
    QString trouble() const; ///< with the file of the library; empty: none
    QPushButton *restoreButton() const { return m_restore; }
    EmptyState *emptyState() const { return m_empty; }
    Id chosen() const; ///< a trigger or a folder; 0 = none
    bool hasTrigger() const; ///< the chosen one is no folder
    void choose(Id id);
    void focusSearch();

public Q_SLOTS:
    void send(bool ask); ///< the chosen trigger; with `ask` every variable is asked for
    void open();
    void addFolder();
    void rename();
    void duplicate();
    void remove();
    void restore();
    void moveToFolder(); ///< asks where to
    void shift(int rows);
    void addExamples();
    void importFile();
    void exportFile(bool all); ///< everything, or the chosen folder or trigger
    Result<Done> importFrom(const QString &path);
    Result<Done> exportTo(const QString &path, bool all) const;

Q_SIGNALS:
    void openWanted(quint64 trigger); ///< in the composer
    void composeWanted();
    void menuWanted(const QPoint &globalPosition);
    void chosenChanged();
    void pushWanted(const reveille::PushId &push);

private:
    QWidget *makeBar();
    void makeEmptyStates();
    void connectLibrary();
    QModelIndex chosenIndex() const; ///< of the model
    void search();
    void showState();
    void showTrouble();
    void say(const QString &text, bool restorable = false);
    void complain(const Error &error);

    GuiContext &m_context;
    TriggerLibraryModel &m_model;
    std::unique_ptr<QSortFilterProxyModel> m_found;
    TriggerSender *m_sender;
    QHBoxLayout *m_buttons;
    QLineEdit *m_search;
    TriggerTree *m_tree;
    TriggerPreview *m_preview;
    QLabel *m_notice;
    QPushButton *m_restore;
    EmptyState *m_empty;
    EmptyState *m_nothingFound;
    QStackedWidget *m_stack;
};

} // namespace reveille
