# The engine keeps its volumes on an ext4 with project quotas.

docker load -i /job/geth.tar >/dev/null
holds 'the engine keeps volumes on an ext4 with project quotas' \
  engine_on /var/lib/docker/volumes prjquota mkfs.ext4 -q -F -O quota,project
quota_keeps 'ext4 project quota' 'Disk quota exceeded'
holds 'the engine is back on its own disk' engine_off /var/lib/docker/volumes
