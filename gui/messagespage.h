// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/context.h"
#include "models/journalsource.h"

#include <QSortFilterProxyModel>
#include <QWidget>

#include <memory>

class QStackedWidget;
class QTableView;

namespace reveille {

class EmptyState;
class FieldView;

/// What was on the wire to and from one device: the rows of its journal that hold octets, each with its fields beside
/// its bytes. GUI thread.
class MessagesPage : public QWidget
{
    Q_OBJECT
public:
    explicit MessagesPage(GuiContext &context, QWidget *parent = nullptr);
    ~MessagesPage() override;

    void showDevice(const DeviceId &id);
    QTableView *table() const { return m_table; }
    QByteArray octets() const; ///< of the chosen row

protected:
    void showEvent(QShowEvent *event) override;

private:
    void attachJournal();
    void showRow();
    void showEmpty();

    GuiContext &m_context;
    std::unique_ptr<JournalSource> m_source;
    JournalModel m_model;
    std::unique_ptr<QSortFilterProxyModel> m_withBytes;
    DeviceId m_device;
    bool m_stale = true; ///< nothing is read while nobody looks
    QTableView *m_table;
    FieldView *m_fields;
    EmptyState *m_empty;
    QStackedWidget *m_stack;
};

} // namespace reveille
