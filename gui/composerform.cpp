// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/composerform.h"

#include "gui/formfield.h"
#include "gui/targetfield.h"
#include "gui/theme.h"
#include "models/sentences.h"
#include "models/timedisplay.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QSpinBox>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

constexpr int longestTtl = 30 * 24 * 3600; ///< seconds
constexpr int usualTtl = 3600;

bool startsWithAny(const Error &error, std::initializer_list<const char *> prefixes)
{
    const QByteArrayView code(error.code);
    return std::any_of(prefixes.begin(), prefixes.end(), [&](const char *prefix) { return code.startsWith(prefix); });
}

} // namespace

ComposerForm::ComposerForm(QWidget *parent)
    : QWidget(parent), m_target(new TargetField(this)), m_application(new QLineEdit(this)),
      m_contentType(new QComboBox(this)), m_body(new QPlainTextEdit(this)), m_ttl(new QSpinBox(this)),
      m_priority(new QComboBox(this)), m_when(new QComboBox(this)), m_choice(new QComboBox(this)), m_sirMode(new QComboBox(this)),
      m_confirm(new QCheckBox(tr("Ask for con&firmation"), this))
{
    fillChoices();
    m_application->setPlaceholderText(tr("any application"));
    m_body->setTabChangesFocus(true);
    m_body->setPlaceholderText(tr("What the device is to get"));
    m_body->setMinimumHeight(3 * m_body->fontMetrics().lineSpacing());

    // Two columns, so that everything is in sight in a wide and low place.
    auto *columns = new QHBoxLayout(this);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(2 * theme::grid);
    auto *what = new QFormLayout;
    auto *how = new QFormLayout;
    columns->addLayout(what, 3);
    columns->addLayout(how, 2);
    for (QFormLayout *form : {what, how}) {
        form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
        form->setVerticalSpacing(theme::grid / 2);
    }
    m_targetField = FormField::add(what, tr("&To"), m_target);
    m_bodyField = FormField::add(what, tr("Te&xt"), m_body);
    m_contentTypeField = FormField::add(how, tr("Content t&ype"), m_contentType);
    FormField::add(how, tr("&Application"), m_application);
    FormField::add(how, tr("&Devices"), m_choice);
    FormField::add(how, tr("&When"), m_when);
    m_ttlField = FormField::add(how, tr("Time to &live"), m_ttl);
    FormField::add(how, tr("P&riority"), m_priority);
    FormField::add(how, tr("S&IR mode"), m_sirMode);
    m_confirm->setToolTip(tr("The application on the device, or the person before it, is to say that it has it."));
    how->addRow(QString(), m_confirm);
    for (QComboBox *choice : {m_contentType, m_priority, m_when, m_choice, m_sirMode})
        choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);

    connect(m_target, &QLineEdit::textChanged, this, &ComposerForm::changed);
    connect(m_application, &QLineEdit::textChanged, this, &ComposerForm::changed);
    connect(m_body, &QPlainTextEdit::textChanged, this, &ComposerForm::changed);
    connect(m_ttl, &QSpinBox::valueChanged, this, &ComposerForm::changed);
    connect(m_contentType, &QComboBox::currentTextChanged, this, &ComposerForm::changed);
    for (QComboBox *choice : {m_priority, m_when, m_choice, m_sirMode})
        connect(choice, &QComboBox::currentIndexChanged, this, &ComposerForm::changed);
    connect(m_confirm, &QCheckBox::toggled, this, &ComposerForm::changed);
    connect(this, &ComposerForm::changed, this, &ComposerForm::showHints);
    showHints();
}

void ComposerForm::fillChoices()
{
    m_contentType->setEditable(true);
    m_contentType->addItems({u"text/plain"_s, u"text/html"_s, u"application/json"_s, u"application/xml"_s,
                             u"application/vnd.wap.mms-message"_s, u"text/vnd.wap.si"_s});
    m_ttl->setRange(0, longestTtl);
    m_ttl->setValue(usualTtl);
    m_ttl->setSuffix(tr(" s"));
    m_ttl->setSpecialValueText(tr("0 s: now or never"));
    for (const PushWhen when : {PushWhen::Wake, PushWhen::WhenReachable, PushWhen::Now})
        m_when->addItem(Sentences::when(when), int(when));
    for (const DeviceChoice choice : {DeviceChoice::All, DeviceChoice::FirstReachable, DeviceChoice::Preferred})
        m_choice->addItem(Sentences::choice(choice), int(choice));
    for (const PushPriority priority : {PushPriority::Low, PushPriority::Normal, PushPriority::High})
        m_priority->addItem(Sentences::priority(priority), int(priority));
    m_priority->setCurrentIndex(1);
    m_sirMode->addItem(tr("by policy"), -1);
    for (const SirMode mode : {SirMode::Routed, SirMode::Broadcast, SirMode::BroadcastIdentified})
        m_sirMode->addItem(Sentences::sirMode(mode), int(mode));
}

void ComposerForm::setTarget(const PublicUserId &user, const DeviceId &device)
{
    m_target->setTarget(user, device);
}

void ComposerForm::setTargetHint(const QString &text)
{
    m_targetField->setHint(text);
}

void ComposerForm::focusBody()
{
    m_body->setFocus(Qt::ShortcutFocusReason);
    m_body->selectAll();
}

QString ComposerForm::targetError() const
{
    return m_targetField->error();
}

void ComposerForm::clearErrors()
{
    for (FormField *field : {m_targetField, m_contentTypeField, m_bodyField, m_ttlField})
        field->setError({});
}

void ComposerForm::showHints()
{
    const qsizetype size = m_body->toPlainText().toUtf8().size();
    const QString octets = tr("%n octet(s)", nullptr, int(size));
    const QStringList variables = trigger().variables();
    m_bodyField->setHint(variables.isEmpty() ? octets : tr("%1, with the variables %2").arg(octets, variables.join(u", "_s)));
    const int ttl = m_ttl->value();
    m_ttlField->setHint(ttl == 0 ? tr("Dropped unless the device is connected at that moment.")
                                 : tr("Waits for the device up to %1.").arg(TimeDisplay::duration(std::chrono::seconds(ttl))));
}

Trigger ComposerForm::trigger() const
{
    Trigger trigger;
    trigger.to = m_target->text().trimmed();
    trigger.application = m_application->text().trimmed();
    trigger.contentType = m_contentType->currentText().trimmed();
    trigger.body = m_body->toPlainText();
    trigger.ttl = std::chrono::seconds(m_ttl->value());
    trigger.priority = PushPriority(m_priority->currentData().toInt());
    trigger.when = PushWhen(m_when->currentData().toInt());
    trigger.choice = DeviceChoice(m_choice->currentData().toInt());
    trigger.confirm = m_confirm->isChecked();
    if (const int mode = m_sirMode->currentData().toInt(); mode >= 0)
        trigger.sirMode = SirMode(mode);
    for (const QString &name : trigger.variables()) {
        if (const auto value = m_defaults.constFind(name); value != m_defaults.cend())
            trigger.defaults.insert(name, *value);
    }
    return trigger;
}

void ComposerForm::setTrigger(const Trigger &trigger)
{
    const auto choose = [](QComboBox *box, int value) { box->setCurrentIndex(box->findData(value)); };
    m_defaults = trigger.defaults;
    m_target->setText(trigger.to);
    m_application->setText(trigger.application);
    m_contentType->setCurrentText(trigger.contentType);
    m_body->setPlainText(trigger.body);
    m_ttl->setValue(int(trigger.ttl.count() / 1000));
    choose(m_priority, int(trigger.priority));
    choose(m_when, int(trigger.when));
    choose(m_choice, int(trigger.choice));
    m_confirm->setChecked(trigger.confirm);
    choose(m_sirMode, trigger.sirMode ? int(*trigger.sirMode) : -1);
}

Result<PushRequest> ComposerForm::request(bool sending, const VariableValues &values)
{
    clearErrors();
    const Result<PushRequest> request = trigger().request(values);
    if (request)
        return request;
    const bool unfinished = m_target->text().trimmed().isEmpty() || request.error().is("variable-unfilled");
    if (sending || !unfinished)
        m_targetField->setError(Sentences::error(request.error()));
    return request.error();
}

bool ComposerForm::showError(const Error &error)
{
    FormField *field = nullptr;
    if (startsWithAny(error, {"target-", "user-", "device-", "msisdn-", "session-"}))
        field = m_targetField;
    else if (startsWithAny(error, {"content-type-"}))
        field = m_contentTypeField;
    else if (startsWithAny(error, {"body-"}))
        field = m_bodyField;
    else if (startsWithAny(error, {"ttl-", "confirm-needs-ttl"}))
        field = m_ttlField;
    if (!field)
        return false;
    field->setError(Sentences::error(error));
    return true;
}

} // namespace reveille
