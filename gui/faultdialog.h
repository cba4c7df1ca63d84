// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/context.h"
#include "wire/jsonfault.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace reveille {

class FormField;

/// Puts a fault in the way of wake-ups and pushes. Says in a sentence what it will do before it does; always with an end.
/// Ctrl+Enter injects. GUI thread.
class FaultDialog : public QDialog
{
    Q_OBJECT
public:
    static constexpr Milliseconds usualLife{10 * 60 * 1000};

    /// `like` fills the fields; `context` outlives it.
    FaultDialog(GuiContext &context, const FaultOrder &like, QWidget *parent = nullptr);

    FaultOrder order() const; ///< what the fields say
    QString summary() const;  ///< the sentence, or what is missing
    QComboBox *scope() const { return m_scope; }
    QComboBox *over() const { return m_over; }
    QLineEdit *device() const { return m_device; }
    QComboBox *kind() const { return m_kind; }
    QSpinBox *delay() const { return m_delay; }
    QComboBox *code() const { return m_code; }
    QCheckBox *forGood() const { return m_forGood; }
    QSpinBox *chance() const { return m_chance; }
    QSpinBox *most() const { return m_most; }
    QComboBox *life() const { return m_life; }
    QLineEdit *note() const { return m_note; }
    QPushButton *injectButton() const { return m_inject; }
    QString errorOfDevice() const;

public Q_SLOTS:
    void inject();
    void copyLine();
    void copyCurl();

Q_SIGNALS:
    void injected(const reveille::FaultId &id);

private:
    void makeFields();
    QFormLayout *makeForm();
    void fill(const FaultOrder &like);
    void fillOver();
    void refresh();
    void showError(const Error &error);
    Result<DeviceId> typedDevice() const; ///< empty where none is typed

    GuiContext &m_context;
    QComboBox *m_scope;
    QComboBox *m_over;
    QLineEdit *m_device;
    QComboBox *m_kind;
    QSpinBox *m_delay;
    QComboBox *m_code;
    QCheckBox *m_forGood;
    QSpinBox *m_chance;
    QSpinBox *m_most;
    QComboBox *m_life;
    QLineEdit *m_note;
    QLabel *m_summary;
    QPushButton *m_inject;
    FormField *m_overField = nullptr, *m_deviceField = nullptr, *m_delayField = nullptr, *m_codeField = nullptr;
    QFormLayout *m_form = nullptr;
};

} // namespace reveille
