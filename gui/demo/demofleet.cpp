// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/demo/demofleet.h"

#include "client/pushclient.h"

#include <QHash>

namespace reveille {

/// Owns the clients, in their thread.
class DemoFleet::Crew : public QObject
{
    Q_OBJECT
public:
    void start(const QVector<PushClientSettings> &devices)
    {
        stop();
        for (const PushClientSettings &settings : devices) {
            auto *client = new PushClient(settings, this);
            m_clients.insert(settings.device, client);
            connect(client, &PushClient::happened, this, [this, id = settings.device](const ClientEvent &event) {
                Q_EMIT happened(id, event);
            });
            if (const Result<Done> started = client->start(); !started)
                Q_EMIT failed(started.error());
        }
    }
    void stop()
    {
        qDeleteAll(m_clients);
        m_clients.clear();
    }

Q_SIGNALS:
    void happened(const reveille::DeviceId &device, const reveille::ClientEvent &event);
    void failed(const reveille::Error &error);

private:
    QHash<DeviceId, PushClient *> m_clients;
};

DemoFleet::DemoFleet(QObject *parent) : QObject(parent), m_crew(new Crew)
{
    qRegisterMetaType<Error>("reveille::Error");
    m_thread.setObjectName(QStringLiteral("demo devices"));
    m_crew->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_crew, &QObject::deleteLater);
    connect(m_crew, &Crew::happened, this, &DemoFleet::happened);
    connect(m_crew, &Crew::failed, this, &DemoFleet::failed);
    m_thread.start();
}

DemoFleet::~DemoFleet()
{
    stop();
    m_thread.quit();
    m_thread.wait();
}

void DemoFleet::start(const QVector<PushClientSettings> &devices)
{
    QMetaObject::invokeMethod(m_crew, [crew = m_crew, devices] { crew->start(devices); });
}

void DemoFleet::stop()
{
    QMetaObject::invokeMethod(m_crew, [crew = m_crew] { crew->stop(); });
}

} // namespace reveille

#include "demofleet.moc"
