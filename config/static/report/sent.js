// A draft that was sent is taken off the device, if one was kept there. The page for drafts keeps it in `notes`.
if ('caches' in globalThis && await caches.has('notes')) {
  const asked = indexedDB.open('notes');
  asked.onupgradeneeded = () => asked.transaction.abort();
  asked.onsuccess = () => {
    const database = asked.result;
    const deleting = database.transaction('things', 'readwrite');
    deleting.objectStore('things').delete('draft');
    deleting.oncomplete = () => database.close();
  };
}
