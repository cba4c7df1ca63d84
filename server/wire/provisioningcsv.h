// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/device.h"
#include "wire/celltemplate.h"
#include "wire/csv.h"

#include <optional>

namespace reveille {

/// The columns of a file of subscribers, by the names in its first row, in any order; every one but `user` may be left out.
///
///   user              sip:alice@lab.example (needed)
///   user_name         what people call the user; empty: as it is
///   password          read only, never written; empty: as it is
///   device            any identity, urn:uuid:…, imei:…, mac:…; empty: a user without a device, or one more row for the user
///   device_name       "phone"
///   msisdn            +491701234567
///   client_port       2948
///   routes            routesFromText(): sms:+491701234567:2948;wsp-udp:10.0.0.1:2948
///   applications      listFromText(): names, or registered numbers such as 4 or 0x04; empty: all
///   content_types     listFromText(): text/plain;image/*
///   max_message_size  octets; empty or 0: not told
///   sir_version       0, 1 or 2
///   accepts_pushes    yes or no
///   preferred         yes or no
///   quiet_from, quiet_until   HH:MM in the zone, both or none
///   order             1 to 999, before whom it is asked where a push goes to one device; empty or 0: behind them
///   zone              Europe/Madrid; empty: UTC
///
/// A column that is there says everything: an empty cell clears what was provisioned. Without the column the device keeps
/// it. Names are read without case, with spaces or hyphens for the underscores; `device_id` is `device`, `display_name`
/// `user_name`, `subscriptions` `applications`.
///
/// A row whose cells count (CellTemplate) is read as that many rows; {uuid} is made of the user, the device's name and {n},
/// so that reading the same file again means the same devices.
enum class ProvisioningColumn : quint8 {
    User, UserName, Password, Device, DeviceName, Msisdn, ClientPort, Routes, Applications, ContentTypes, MaxMessageSize,
    SirVersion, AcceptsPushes, Preferred, QuietFrom, QuietUntil, Order, Zone, Count
};
/// "client_port"
QString toText(ProvisioningColumn column);

struct ProvisioningLimits {
    qint64 rows = 200000;   ///< after counting
    qint64 range = 100000;  ///< rows that one row counts to
    CsvLimits csv;
};

/// What is wrong with a row.
struct RowFault {
    qint64 line = 0;    ///< of the file, from 1
    int column = 0;     ///< place in the row, from 1; 0 = no cell in particular
    QString name;       ///< of the column, as the file writes it
    Error error;
};

/// One device as a row has it, or a user alone.
struct ProvisionedRow {
    qint64 line = 0;
    PublicUserId user;
    QString userName;      ///< empty: as it is
    QString password;      ///< empty: as it is
    DeviceId device;       ///< empty: the user alone

    /// `base` with what the row says. Error quiet-hours (one end without the other).
    Result<Device> applied(const Device &base) const;

    std::optional<QString> deviceName;
    std::optional<Msisdn> msisdn;
    std::optional<ClientPort> clientPort;
    std::optional<QVector<WakeRoute>> routes;
    std::optional<QStringList> applications, contentTypes;
    std::optional<qint64> maxMessageSize;
    std::optional<int> sirVersion, quietFrom, quietUntil, order;
    std::optional<QString> zone;
    std::optional<bool> acceptsPushes, preferred;
};

/// Reads such a file row by row. Bounded; pure. Any thread.
class ProvisioningReader {
public:
    explicit ProvisioningReader(QByteArray octets, ProvisioningLimits limits = {});

    enum class State : quint8 {
        Row,    ///< row()
        Bad,    ///< fault(): this row cannot be taken, further ones may be
        Failed, ///< fault(): nothing of the file can be trusted
        End
    };
    /// Errors of a failed file: csv-empty, csv-column-unknown, csv-column-twice, csv-column-missing, csv-rows-too-many, and
    /// those of CsvReader. Of a row: those of CsvReader, CellTemplate, PublicUserId, DeviceId, Msisdn, ClientPort, celltext.h;
    /// csv-columns (more cells than the first row has), cell-characters (control characters), cell-too-long (255),
    /// cell-number, cell-flag, cell-time, application-unknown, template-number ({n} without a range), template-lengths,
    /// range-too-long, quiet-hours, row-without-device (something of a device, but no device).
    State next();

    const ProvisionedRow &row() const { return m_row; }
    const RowFault &fault() const { return m_fault; }
    qint64 rows() const { return m_rows; }                   ///< read so far, bad ones too
    qsizetype position() const { return m_csv.position(); }  ///< octets read so far
    qsizetype size() const { return m_octets.size(); }

private:
    struct Cell {
        ProvisioningColumn column;
        int place;
        CellTemplate text;
    };
    bool readHeader();
    bool readTemplates();
    bool makeRow(qint64 index);
    State fail(const Error &error, int place);
    bool spoil(const Error &error, int place);
    QString nameOf(int place) const;

    QByteArray m_octets;
    ProvisioningLimits m_limits;
    CsvReader m_csv;
    bool m_begun = false;
    bool m_ended = false;
    QStringList m_names;
    QVector<ProvisioningColumn> m_columns;
    QVector<Cell> m_cells;    ///< of the row that is counting
    qint64 m_index = 0, m_count = 0;
    qint64 m_rows = 0;
    ProvisionedRow m_row;
    RowFault m_fault;
};

/// The first row of an export: every column but the password.
QByteArray provisioningHeader();
/// A row that ProvisioningReader reads back as the same; `device` may be nullptr. What the device said of its own routes is
/// left out: it is not provisioned.
QByteArray provisioningRow(const User &user, const Device *device);

} // namespace reveille
