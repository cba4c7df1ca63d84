// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/userdialog.h"

#include "gui/edithistory.h"
#include "gui/formfield.h"
#include "models/sentences.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace reveille {

using namespace Qt::StringLiterals;

UserDialog::UserDialog(GuiContext &context, const PublicUserId &user, QWidget *parent)
    : QDialog(parent), m_context(context), m_adds(user.isEmpty()), m_id(new QLineEdit(user.toString(), this)),
      m_name(new QLineEdit(this)), m_password(new QLineEdit(this)), m_rule(new QComboBox(this)), m_notice(new QLabel(this))
{
    setObjectName(u"userDialog"_s);
    setWindowTitle(m_adds ? tr("Add a user") : tr("Change %1").arg(user.toString()));
    setMinimumWidth(420);
    m_id->setPlaceholderText(u"sip:alice@lab.example"_s);
    m_id->setReadOnly(!m_adds);
    m_password->setEchoMode(QLineEdit::Password);

    auto *layout = new QFormLayout(this);
    m_idField = FormField::add(layout, tr("&Address"), m_id);
    FormField::add(layout, tr("&Name"), m_name);
    m_passwordField = FormField::add(layout, tr("&Password"), m_password);
    m_rule->addItem(tr("as the server says"), int(WakeRule::Inherit));
    for (const WakeRule rule : {WakeRule::OnPush, WakeRule::Always, WakeRule::Never})
        m_rule->addItem(Sentences::wakeRule(rule), int(rule));
    FormField::add(layout, tr("&Devices are woken"), m_rule)->setHint(tr("A device that says otherwise has its way."));
    const std::optional<UserSnapshot> known = m_adds ? std::nullopt : context.subscribers->user(user);
    if (known) {
        m_name->setText(known->user.name);
        m_knownRule = known->user.wakeRule;
        m_rule->setCurrentIndex(m_rule->findData(int(m_knownRule)));
    }
    m_passwordField->setHint(known && known->hasPassword
                                 ? tr("Empty: the password stays as it is.")
                                 : tr("Empty: devices of this user cannot answer a password challenge, and their SIRs are not signed."));
    m_notice->setWordWrap(true);
    m_notice->hide();
    layout->addRow(m_notice);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, this);
    m_save = buttons->button(QDialogButtonBox::Save);
    layout->addRow(buttons);

    connect(m_id, &QLineEdit::textChanged, this, &UserDialog::check);
    connect(buttons, &QDialogButtonBox::accepted, this, &UserDialog::save);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    (m_adds ? m_id : m_name)->setFocus();
}

QString UserDialog::idError() const
{
    return m_idField->error();
}

QString UserDialog::notice() const
{
    return m_notice->text();
}

void UserDialog::check()
{
    const Result<PublicUserId> id = PublicUserId::parse(m_id->text());
    m_idField->setError(id || m_id->text().trimmed().isEmpty() ? QString() : Sentences::error(id.error()));
    m_idField->setHint(id && id->toString() != m_id->text() ? tr("Kept as %1").arg(id->toString()) : QString());
}

void UserDialog::save()
{
    const Result<PublicUserId> id = PublicUserId::parse(m_id->text());
    if (!id) {
        showError(id.error());
        return;
    }
    if (m_adds && m_context.subscribers->user(*id)) {
        m_idField->setError(tr("%1 is there already.").arg(id->toString()));
        return;
    }
    m_save->setEnabled(false);
    // Only what was changed here is written: somebody else may have changed the rule meanwhile.
    const auto chosen = WakeRule(m_rule->currentData().toInt());
    const std::optional<WakeRule> rule = chosen == m_knownRule ? std::nullopt : std::optional(chosen);
    m_context.host->changeUser(*id, m_name->text().trimmed(), m_password->text(), rule).then(this, [this, id = *id](const Result<SubscriberChange> &back) {
        m_save->setEnabled(true);
        if (!back)
            return showError(back.error());
        if (m_context.history)
            m_context.history->add(m_adds ? tr("adding %1").arg(id.toString()) : tr("change of %1").arg(id.toString()), *back);
        accept();
    });
}

void UserDialog::showError(const Error &error)
{
    const bool ofId = QByteArrayView(error.code).startsWith("user-");
    if (ofId) {
        m_idField->setError(Sentences::error(error));
        m_id->setFocus();
    }
    m_notice->setText(ofId ? QString() : Sentences::error(error));
    m_notice->setVisible(!ofId);
}

} // namespace reveille
