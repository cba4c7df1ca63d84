// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/devicepreferences.h"

#include "domain/quiethours.h"
#include "gui/formfield.h"
#include "gui/theme.h"
#include "models/sentences.h"

#include <QCheckBox>
#include <QCompleter>
#include <QDateTime>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QTimeEdit>
#include <QTimeZone>
#include <QTimer>
#include <QVBoxLayout>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

constexpr int usualFrom = 22 * 60, usualUntil = 7 * 60;

/// Those of the IANA database; "UTC+02:00" and the like are Qt's own.
const QStringList &zoneNames()
{
    static const QStringList names = [] {
        QStringList all;
        for (const QByteArray &id : QTimeZone::availableTimeZoneIds()) {
            if (!id.startsWith("UTC+") && !id.startsWith("UTC-"))
                all.append(QString::fromLatin1(id));
        }
        all.sort();
        all.removeDuplicates();
        return all;
    }();
    return names;
}

/// As the database writes it, where only case or spaces differ: "europe/madrid", "America/New York".
QString zoneAsWritten(const QString &typed)
{
    const QString text = typed.trimmed();
    if (isKnownZone(text))
        return text;
    const QString name = QString(text).replace(u' ', u'_');
    for (const QString &zone : zoneNames()) {
        if (zone.compare(name, Qt::CaseInsensitive) == 0)
            return zone;
    }
    return text;
}

/// The zone of this computer; empty where that is UTC.
QString zoneOfThisComputer()
{
    const QString zone = QString::fromLatin1(QTimeZone::systemTimeZoneId());
    const bool isUtc = zone == "UTC"_L1 || zone.endsWith("/UTC"_L1);
    return isUtc || !isKnownZone(zone) ? QString() : zone;
}

int minutesOf(const QTimeEdit *editor)
{
    return editor->time().hour() * 60 + editor->time().minute();
}

QTimeEdit *clockEdit(const QString &name)
{
    auto *editor = new QTimeEdit;
    editor->setDisplayFormat(u"HH:mm"_s); // as everywhere here
    editor->setWrapping(true);
    editor->setAccessibleName(name);
    return editor;
}

} // namespace

DevicePreferences::DevicePreferences(const Preferences &preferences, QWidget *parent)
    : QWidget(parent), m_known(preferences), m_accepts(new QCheckBox(tr("&Accepts pushes"))),
      m_preferred(new QCheckBox(tr("&Preferred device"))), m_order(new QSpinBox), m_quiet(new QCheckBox(tr("&Quiet hours"))),
      m_from(clockEdit(tr("From"))), m_until(clockEdit(tr("Until"))), m_zone(new QLineEdit), m_summary(new QLabel),
      m_hours(new QWidget)
{
    m_order->setRange(0, Preferences::lastOrder);
    m_order->setSpecialValueText(tr("none"));
    m_zone->setPlaceholderText(tr("UTC"));
    m_zone->setClearButtonEnabled(true);
    m_zone->setMaxLength(64);
    auto *completer = new QCompleter(zoneNames(), m_zone);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setFilterMode(Qt::MatchContains);
    completer->setMaxVisibleItems(10);
    m_zone->setCompleter(completer);
    m_summary->setWordWrap(true);
    m_summary->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_summary->setAccessibleName(tr("What the quiet hours hold"));
    m_summary->setMinimumHeight(3 * fontMetrics().lineSpacing()); // so that nothing moves when the words change
    m_summary->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(2 * theme::grid);
    layout->addLayout(makeForm());
    layout->addWidget(m_summary);
    layout->addStretch();
    fill();

    for (QCheckBox *box : {m_accepts, m_preferred})
        connect(box, &QCheckBox::toggled, this, &DevicePreferences::refresh);
    connect(m_quiet, &QCheckBox::toggled, this, &DevicePreferences::switchQuietHours);
    connect(m_order, &QSpinBox::valueChanged, this, &DevicePreferences::refresh);
    for (QTimeEdit *editor : {m_from, m_until})
        connect(editor, &QTimeEdit::timeChanged, this, &DevicePreferences::refresh);
    connect(m_zone, &QLineEdit::textChanged, this, &DevicePreferences::refresh);
    connect(m_zone, &QLineEdit::editingFinished, this, &DevicePreferences::settleZone);
    auto *second = new QTimer(this); // their clock moves on
    connect(second, &QTimer::timeout, this, &DevicePreferences::showNow);
    second->start(1000);
    refresh();
}

QFormLayout *DevicePreferences::makeForm()
{
    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setVerticalSpacing(theme::grid * 3 / 2);
    const auto addBox = [form](QCheckBox *box) {
        auto *field = new FormField(box, box->text().remove(u'&'), form->parentWidget());
        form->addRow(new QLabel, field); // without a label the height of wrapped words is taken for more than it is
        return field;
    };
    m_acceptsField = addBox(m_accepts);
    addBox(m_preferred)->setHint(tr("Comes first where a push goes to only one of the user's devices."));
    m_orderField = FormField::add(form, tr("P&lace in the fallback order"), m_order);
    addBox(m_quiet)->setHint(tr("Pushes that can wait do so until these are over, and do not wake the device. What is now or never "
                                "fails meanwhile."));
    auto *hours = new QHBoxLayout(m_hours);
    hours->setContentsMargins(0, 0, 0, 0);
    hours->setSpacing(theme::grid);
    auto *until = new QLabel(tr("u&ntil"));
    until->setBuddy(m_until);
    until->setContentsMargins(0, 0, 2, 0);
    hours->addWidget(m_from);
    hours->addWidget(until);
    hours->addWidget(m_until);
    hours->addStretch();
    m_hours->setFocusProxy(m_from);
    m_hoursField = FormField::add(form, tr("F&rom"), m_hours);
    m_zoneField = FormField::add(form, tr("Time &zone"), m_zone);
    m_zoneField->setHint(tr("Of the device. Write a city to find it; empty is UTC."));
    return form;
}

void DevicePreferences::fill()
{
    m_accepts->setChecked(m_known.acceptsPushes);
    m_preferred->setChecked(m_known.preferred);
    m_order->setValue(m_known.order);
    const bool quiet = hasQuietHours(m_known);
    const int from = quiet ? m_known.quietFrom : usualFrom, until = quiet ? m_known.quietUntil : usualUntil;
    m_quiet->setChecked(quiet);
    m_from->setTime(QTime(from / 60, from % 60));
    m_until->setTime(QTime(until / 60, until % 60));
    m_zone->setText(m_known.zone);
    m_zone->setCursorPosition(0);
    for (QWidget *editor : {m_hours, static_cast<QWidget *>(m_zone)})
        editor->setEnabled(quiet);
}

void DevicePreferences::switchQuietHours(bool on)
{
    m_hours->setEnabled(on);
    m_zone->setEnabled(on);
    if (on && !m_zoneOffered && !hasQuietHours(m_known) && m_zone->text().isEmpty())
        m_zone->setText(zoneOfThisComputer());
    m_zoneOffered = true;
    refresh();
}

/// Shows the name as it is going to be kept.
void DevicePreferences::settleZone()
{
    if (const QString written = zoneAsWritten(m_zone->text()); written != m_zone->text() && isKnownZone(written))
        m_zone->setText(written);
}

Preferences DevicePreferences::preferences() const
{
    Preferences preferences = m_known;
    preferences.acceptsPushes = m_accepts->isChecked();
    preferences.preferred = m_preferred->isChecked();
    preferences.order = m_order->value();
    if (m_quiet->isChecked()) {
        preferences.quietFrom = minutesOf(m_from);
        preferences.quietUntil = minutesOf(m_until);
        preferences.zone = m_zone->text() == m_known.zone ? m_known.zone : zoneAsWritten(m_zone->text());
    } else if (hasQuietHours(m_known)) {
        preferences.quietFrom = preferences.quietUntil = -1;
    }
    return preferences;
}

bool DevicePreferences::isGood() const
{
    return m_hoursField->error().isEmpty() && m_zoneField->error().isEmpty();
}

QString DevicePreferences::errorAt(const QWidget *editor) const
{
    if (editor == m_from || editor == m_until)
        return m_hoursField->error();
    return editor == m_zone ? m_zoneField->error() : QString();
}

QString DevicePreferences::summary() const
{
    return m_summary->text();
}

void DevicePreferences::focusWrong()
{
    if (!m_hoursField->error().isEmpty())
        m_until->setFocus();
    else if (!m_zoneField->error().isEmpty())
        m_zone->setFocus();
}

void DevicePreferences::refresh()
{
    const Preferences now = preferences();
    const bool quiet = m_quiet->isChecked();
    m_acceptsField->setHint(now.acceptsPushes ? tr("Unticked, no push goes to this device.")
                                              : tr("No push goes to this device, whatever stands below."));
    m_orderField->setHint(now.preferred ? tr("Of no account while it is the preferred device: that comes first.")
                                        : tr("Tried in this order, 1 before 2; devices without a place come last."));
    m_hoursField->setError(quiet && now.quietFrom == now.quietUntil ? tr("Twice the same time holds nothing. To hold nothing, untick “%1”.")
                                                                          .arg(m_quiet->text().remove(u'&'))
                                                                    : QString());
    for (QTimeEdit *editor : {m_from, m_until})
        editor->setAccessibleDescription(m_hoursField->error());
    // One that another system knew is not held against who changes something else.
    const bool wrongZone = quiet && now.zone != m_known.zone && !isKnownZone(now.zone);
    m_zoneField->setError(wrongZone ? Sentences::error({"cell-zone", now.zone}) : QString());
    showNow();
    Q_EMIT changed();
}

void DevicePreferences::showNow()
{
    const Preferences now = preferences();
    QString text;
    if (!m_quiet->isChecked())
        text = tr("No quiet hours: nothing is held.");
    else if (isGood())
        text = Sentences::quietHours(now) + u'\n' + Sentences::quietHoursNow(now, {QDateTime::currentMSecsSinceEpoch()});
    if (m_summary->text() != text)
        m_summary->setText(text);
}

} // namespace reveille
