// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/context.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace reveille {

class FormField;
class RouteTable;

/// Adds a device, or changes what was provisioned of one: number, client port, wake-up routes. Closes once the server
/// has it. GUI thread.
class DeviceDialog : public QDialog
{
    Q_OBJECT
public:
    /// An empty `device` adds one. `context` outlives it.
    DeviceDialog(GuiContext &context, const PublicUserId &user, const DeviceId &device, QWidget *parent = nullptr);

    QLineEdit *id() const { return m_id; }
    QLineEdit *user() const { return m_user; }
    QLineEdit *name() const { return m_name; }
    QLineEdit *msisdn() const { return m_msisdn; }
    QLineEdit *clientPort() const { return m_port; }
    QCheckBox *acceptsPushes() const { return m_accepts; }
    QComboBox *wakeRule() const { return m_rule; } ///< data: int of WakeRule
    RouteTable *routes() const { return m_routes; }
    /// What stands beneath the field of this editor.
    QString errorAt(const QWidget *editor) const;
    QString notice() const; ///< what went wrong and concerns no field

public Q_SLOTS:
    void save();

private:
    /// The device as the fields say; wrong fields are marked, empty ones only when `saving`.
    std::optional<Device> read(bool saving);
    void showError(const Error &error);

    GuiContext &m_context;
    const bool m_adds;
    Device m_device;     ///< what is not in the fields is kept
    QLineEdit *m_id;
    QLineEdit *m_user;
    QLineEdit *m_name;
    QLineEdit *m_msisdn;
    QLineEdit *m_port;
    QCheckBox *m_accepts;
    QComboBox *m_rule;
    RouteTable *m_routes;
    FormField *m_idField;
    FormField *m_userField;
    FormField *m_msisdnField;
    FormField *m_portField;
    FormField *m_routesField;
    QLabel *m_notice;
    QPushButton *m_save;
};

} // namespace reveille
