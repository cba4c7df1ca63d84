// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/context.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTabWidget;

namespace reveille {

class DevicePreferences;
class FormField;
class RouteTable;

/// Adds a device, or changes what was provisioned of one: number, client port, wake-up routes, preferences. Writes only what
/// was edited, while nothing is wrong, and closes once the server has it. GUI thread.
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
    DevicePreferences *preferences() const { return m_preferences; }
    QTabWidget *tabs() const { return m_tabs; }
    QComboBox *wakeRule() const { return m_rule; } ///< data: int of WakeRule
    RouteTable *routes() const { return m_routes; }
    /// What stands beneath the field of this editor.
    QString errorAt(const QWidget *editor) const;
    QString notice() const; ///< what went wrong and concerns no field
    bool canSave() const;

public Q_SLOTS:
    void save();

private:
    QWidget *makeDevicePage();
    void fill();
    /// The device as the fields say; wrong fields are marked, empty ones and routes only when `saving`.
    Device read(bool saving);
    bool isGood() const; ///< nothing is marked on the first tab
    /// Save is there unless something is marked as wrong, and the tab with it is marked, too.
    void refreshSave();
    void showWrong();
    QVector<FormField *> fields() const;
    /// Notes what takes it back, and closes; or says what went wrong.
    template <typename Back>
    void finish(const Result<Back> &back, const QString &text);
    void showError(const Error &error);

    GuiContext &m_context;
    const bool m_adds;
    Device m_device;     ///< what is not in the fields is kept
    Device m_shown;      ///< as the fields said before anything was edited
    QLineEdit *m_id;
    QLineEdit *m_user;
    QLineEdit *m_name;
    QLineEdit *m_msisdn;
    QLineEdit *m_port;
    QComboBox *m_rule;
    RouteTable *m_routes;
    DevicePreferences *m_preferences;
    QTabWidget *m_tabs;
    FormField *m_idField;
    FormField *m_userField;
    FormField *m_msisdnField;
    FormField *m_portField;
    FormField *m_routesField;
    QLabel *m_notice;
    QPushButton *m_save;
    bool m_saving = false; ///< the server has been asked
};

} // namespace reveille
