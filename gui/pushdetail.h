// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/context.h"
#include "models/pushhistorymodel.h"

#include <QWidget>

#include <optional>

class QLabel;
class QPushButton;
class QTabWidget;
class QTreeWidget;

namespace reveille {

class DeliveryTree;
class ExplanationView;
class FieldView;

/// Everything about one push: how it stands at each device, why it went that way and what would change that, what was asked
/// for, and its bytes. GUI thread.
class PushDetail : public QWidget
{
    Q_OBJECT
public:
    /// `model` knows what things are called; it outlives this.
    PushDetail(GuiContext &context, const PushHistoryModel &model, QWidget *parent = nullptr);

    void show(const ListedPush &item);
    void clear();
    const PushId &pushId() const { return m_id; }
    QString sentence() const;
    QTabWidget *tabs() const { return m_tabs; }
    DeliveryTree *deliveries() const { return m_deliveries; }
    ExplanationView *explanation() const { return m_explanation; }
    FieldView *content() const { return m_content; }
    QTreeWidget *facts() const { return m_facts; }
    /// As buttons beneath. What is shown here need not be chosen yet: whoever hears actionWanted() sees to that, then triggers it.
    void setActions(const QList<QAction *> &actions);

Q_SIGNALS:
    void actionWanted(QAction *action);
    void deviceWanted(const reveille::PublicUserId &user, const reveille::DeviceId &device);
    void wakeWanted(const reveille::PublicUserId &user, const reveille::DeviceId &device, const reveille::WakeId &wake);

private:
    void showSentence();
    void showFacts();
    void explain();
    void readContent();
    void openDeliveryMenu(const QPoint &at);

    GuiContext &m_context;
    const PushHistoryModel &m_model;
    QLabel *m_title;
    QLabel *m_sentence;
    QTabWidget *m_tabs;
    DeliveryTree *m_deliveries;
    ExplanationView *m_explanation;
    QTreeWidget *m_facts;
    QWidget *m_contentPage;
    QLabel *m_contentNote;
    FieldView *m_content;
    QWidget *m_buttons;
    PushId m_id;
    ListedPush m_item;
    PushId m_contentOf; ///< whose bytes are shown or on their way
};

} // namespace reveille
