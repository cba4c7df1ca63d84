// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/device.h"

#include <QWidget>

class QCheckBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QSpinBox;
class QTimeEdit;

namespace reveille {

class FormField;

/// What the owner of a device wants of it, to be seen and set: whether it accepts pushes, its place among the user's devices,
/// and its quiet hours, with a sentence that says what they hold. GUI thread.
class DevicePreferences : public QWidget
{
    Q_OBJECT
public:
    explicit DevicePreferences(const Preferences &preferences, QWidget *parent = nullptr);

    /// As the fields say. What they do not say stays as it was given: the hours and the zone where there are no quiet hours.
    Preferences preferences() const;
    /// Whether all that can be edited now is right; what is not is said at its field.
    bool isGood() const;
    QString errorAt(const QWidget *editor) const; ///< what stands beneath the field of this editor
    QString summary() const;                      ///< the sentences about the quiet hours
    void focusWrong();                            ///< puts the cursor into the first field that is not right

    QCheckBox *acceptsPushes() const { return m_accepts; }
    QCheckBox *preferred() const { return m_preferred; }
    QSpinBox *order() const { return m_order; } ///< 0: no place
    QCheckBox *quietHours() const { return m_quiet; }
    QTimeEdit *quietFrom() const { return m_from; }
    QTimeEdit *quietUntil() const { return m_until; }
    QLineEdit *zone() const { return m_zone; } ///< empty: UTC

Q_SIGNALS:
    void changed();

private:
    QFormLayout *makeForm();
    void fill();
    void switchQuietHours(bool on);
    void settleZone();
    void refresh();
    void showNow();

    const Preferences m_known;
    QCheckBox *m_accepts;
    QCheckBox *m_preferred;
    QSpinBox *m_order;
    QCheckBox *m_quiet;
    QTimeEdit *m_from;
    QTimeEdit *m_until;
    QLineEdit *m_zone;
    QLabel *m_summary;
    QWidget *m_hours; ///< holds both times
    FormField *m_acceptsField;
    FormField *m_orderField;
    FormField *m_hoursField;
    FormField *m_zoneField;
    bool m_zoneOffered = false; ///< that of this computer, where none was known
};

} // namespace reveille
