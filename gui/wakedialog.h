// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/context.h"

#include <QDialog>
#include <QTimer>

class QCheckBox;
class QComboBox;
class QGroupBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;

namespace reveille {

class FormField;
class WakeLife;
class WakePreviewPane;

/// Wakes one device by hand: by policy or over a chosen bearer. Shows the exact octets and why this route before
/// anything is sent, then the wake-up as it goes. Ctrl+Enter sends. GUI thread.
class WakeDialog : public QDialog
{
    Q_OBJECT
public:
    /// `context` outlives it.
    WakeDialog(GuiContext &context, DeviceId device, QWidget *parent = nullptr);

    WakeOrder order() const; ///< what the fields say
    WakePreviewPane *preview() const { return m_preview; }
    WakeLife *life() const { return m_life; }
    QComboBox *bearer() const { return m_bearer; }
    QComboBox *mode() const { return m_mode; }
    QCheckBox *empty() const { return m_empty; }
    QLineEdit *application() const { return m_application; }
    QCheckBox *request(SirRequest request) const;
    QString notice() const; ///< what went wrong and concerns no field
    QString errorOfBearer() const;
    QString errorOfApplication() const;
    QString noteOfRequests() const;
    QPushButton *sendButton() const { return m_send; }

public Q_SLOTS:
    void send();
    void copyLine();

private:
    QWidget *makeForm();
    QGroupBox *makeRequests();
    void fillBearers();
    void completeApplications();
    void checkApplication();
    void previewSoon();
    void previewAgain(); ///< something changed outside
    void askPreview();
    void showPreview(const WakePreview &preview);
    void showError(const Error &error);
    void setNotice(const QString &text);

    GuiContext &m_context;
    DeviceId m_device;
    QComboBox *m_bearer;
    QComboBox *m_mode;
    QCheckBox *m_empty;
    QLineEdit *m_application;
    QVector<std::pair<SirRequest, QCheckBox *>> m_requestBoxes; ///< filled while m_requests is made, as the note is
    QLabel *m_requestsNote = nullptr;
    QGroupBox *m_requests;
    FormField *m_bearerField = nullptr;
    FormField *m_applicationField = nullptr;
    WakePreviewPane *m_preview;
    WakeLife *m_life;
    QStackedWidget *m_beside;
    QLabel *m_notice;
    QPushButton *m_send;
    QTimer m_previewTimer;
    quint64 m_question = 0; ///< answers to an earlier one are dropped
};

} // namespace reveille
